package io.sandalphone.harness.demo;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.converse.CallerEar;
import io.sandalphone.harness.converse.CallerVoice;
import io.sandalphone.harness.converse.Conversation;
import io.sandalphone.harness.converse.ConversationLab;
import io.sandalphone.harness.converse.ConversationReader;
import io.sandalphone.harness.converse.HeldCall;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.program.Program;
import io.sandalphone.speech.Language;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `scripts/demo --agent`: a caller with a real SIP phone talks to an agent through a real Asterisk, and interrupts it; measures what the
/// phone heard, and leaves a report.
@CommandLine.Command(
        name = "scripts/demo --agent",
        sortOptions = false,
        description = {
            "Calls an agent through a real Asterisk: a caller asks three things, interrupts once,"
                + " and says goodbye. Recognizer and voice are the embedded ones. Needs root for"
                + " network namespaces."
        })
public final class AgentDemo implements Callable<Integer> {
    private static final int RATE = 8000;
    private static final String TO_PERSON_ENGLISH = "My tooth hurts, I need a doctor.";
    private static final String TO_PERSON_SPANISH = "Me duele una muela, necesito un doctor.";

    /// What a busy machine may take longer than the conversation wants.
    private static final Duration ALLOWANCE = Duration.ofSeconds(6);

    // By which scripts/demo chooses this.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--agent", required = true, hidden = true)
    private boolean agent;

    @CommandLine.Option(
            names = "--from",
            paramLabel = "en|es",
            defaultValue = "en",
            description = "What the caller and the agent speak. Default: ${DEFAULT-VALUE}")
    private Language from = Dialogue.ENGLISH;

    @CommandLine.Option(
            names = "--to",
            paramLabel = "en|es",
            description = {
                "What the person speaks to whom the caller is put through. Default: the other"
                        + " language, so that both are interpreted."
            })
    private @Nullable Language to;

    @CommandLine.Option(
            names = "--llm",
            paramLabel = "URL",
            description = {
                "A server that speaks OpenAI's protocol, such as http://127.0.0.1:11434/v1, in"
                        + " place of the stand-in. A key that it wants is the one in"
                        + " OPENAI_API_KEY."
            })
    private @Nullable String llm;

    @CommandLine.Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model that answers there.")
    private @Nullable String model;

    @CommandLine.Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "build/demo",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}")
    private @Nullable Path out;

    @CommandLine.Option(
            names = "--controller",
            paramLabel = "JAR",
            required = true,
            hidden = true,
            description = "The controller, as it was built.")
    private @Nullable Path controller;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    private final LiveView view;
    private final PrintStream terminal;

    private AgentDemo(PrintStream terminal) {
        this.terminal = terminal;
        view = new LiveView(terminal);
    }

    public static void main(String[] arguments) {
        PrintStream terminal = Program.terminal();
        Program.run(
                new CommandLine(new AgentDemo(terminal))
                        .registerConverter(Language.class, Dialogue::language),
                arguments);
    }

    @Override
    public Integer call() throws Exception {
        if ((llm == null) != (model == null)) {
            System.err.println("scripts/demo: --llm and --model go together");
            return CommandLine.ExitCode.USAGE;
        }
        String impossible = AsteriskHost.whyNot();
        if (impossible != null) {
            throw new IOException("cannot run: " + impossible);
        }
        Path folder = Files.createDirectories(Objects.requireNonNull(out)).toAbsolutePath();
        Conversation conversation = conversation();
        HeldCall held;
        String version;
        view.say("starting Asterisk");
        try (AsteriskHost host =
                AsteriskHost.boot(
                        new AsteriskHost.Options(
                                Map.of(), LabCall.FIRST_RTP_PORT, LabCall.LAST_RTP_PORT))) {
            version = host.version();
            view.say("Asterisk " + version + " is up, starting the recognizer and the controller");
            held = talk(host, conversation, folder);
        } catch (AssertionError e) {
            throw new IOException(e.getMessage() + "\nThe controller's log is in " + folder, e);
        }
        AgentReport report = AgentReport.of(held, version, model == null ? "the stand-in" : model);
        write(folder, report, held, conversation);
        terminal.print(report.table());
        terminal.println("Look and listen: " + folder.resolve("call.html"));
        return report.verdict().exitCode();
    }

    private Conversation conversation() throws IOException, ConfigurationException {
        String name = "agent-" + from.tag() + ".yaml";
        try (InputStream in = AgentDemo.class.getResourceAsStream(name)) {
            return ConversationReader.read(
                    name,
                    new String(
                            Objects.requireNonNull(in, name).readAllBytes(),
                            StandardCharsets.UTF_8));
        }
    }

    private Language to() {
        return to == null ? Dialogue.other(from) : to;
    }

    private HeldCall talk(AsteriskHost host, Conversation conversation, Path folder)
            throws Exception {
        var voice = new CallerVoice();
        try (var server = ModelServer.of(host, llm, model, folder);
                var ear = new CallerEar();
                ConversationLab lab =
                        ConversationLab.open(
                                Kind.SIP,
                                Optional.of(host),
                                new ConversationLab.Answering(
                                        conversation.agent(),
                                        conversation.language(),
                                        server.model(),
                                        Optional.of(
                                                new ConversationLab.Answering.Other(
                                                        to(),
                                                        from.equals(Dialogue.ENGLISH)
                                                                ? TO_PERSON_ENGLISH
                                                                : TO_PERSON_SPANISH))),
                                ControllerProgram.ofJar(
                                        Objects.requireNonNull(controller),
                                        server.jvmOptions(),
                                        folder),
                                voice,
                                ear)) {
            view.say("the controller is ready, the caller calls");
            HeldCall held = lab.hold(conversation, ALLOWANCE);
            view.say("the call is over");
            return held;
        }
    }

    private static void write(
            Path folder, AgentReport report, HeldCall held, Conversation conversation)
            throws IOException {
        new Wav(held.heard(), RATE).write(folder.resolve("caller.wav"));
        new Wav(held.person(), RATE).write(folder.resolve("destination.wav"));
        new Wav(held.said(), RATE).write(folder.resolve("caller-said.wav"));
        AgentJson.write(folder.resolve("call.json"), report);
        AgentPage.write(folder.resolve("call.html"), report, held, conversation.language());
    }
}
