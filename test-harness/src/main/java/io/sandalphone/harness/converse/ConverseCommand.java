package io.sandalphone.harness.converse;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.converse.ConversationLab.Answering;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LogLevel;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.harness.pairs.RunningGateway;
import io.sandalphone.harness.program.Program;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// `scripts/converse`: has conversations with an agent, and judges each step.
@CommandLine.Command(
        name = "scripts/converse",
        sortOptions = false,
        description = {
            "Has conversations with an agent, written down in YAML, and says of each step whether"
                + " it came to pass: controller/docs/conversations.md. The agent is the gateway's"
                + " own.",
            "Without --carrier in virtual time: what is said is understood as it is written, and"
                + " what the agent says is known word for word; the recognizer, the model and the"
                + " voice take as long as half of the time (scripts/bench agent). A conversation"
                + " takes less than a second.",
            "With --carrier in a real call to a gateway of its own process, in real time: the"
                    + " caller's words are voiced by the embedded voice, the agent hears and speaks"
                    + " with the embedded engines, and what it says is recognized by the embedded"
                    + " recognizer. The language model is the stand-in for a receptionist's."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all came to pass",
            "1:something did not, or the call could not be made",
            "2:wrong command line, or a file that is no conversation"
        })
public final class ConverseCommand implements Callable<Integer> {
    private enum Carrier {
        SIP,
        TWILIO,
        TELNYX,
        BROWSER
    }

    @CommandLine.Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = {
                "Conversations. Without any: those that come with the harness, by their names with"
                        + " --only."
            })
    private List<Path> files = List.of();

    @CommandLine.Option(
            names = "--only",
            paramLabel = "TEXT",
            description = "Of those that come with the harness, the ones whose names contain this.")
    private String only = "";

    @CommandLine.Option(
            names = "--carrier",
            paramLabel = "sip|twilio|telnyx|browser",
            description = {
                "Who carries the call: the real Asterisk (as root), a simulated Twilio or Telnyx,"
                        + " or what speaks as a browser does."
            })
    private @Nullable Carrier carrier;

    @CommandLine.Option(
            names = "--base-url",
            paramLabel = "URL",
            description = {
                "The public address of a gateway that runs, whose agent is called as a browser"
                    + " calls a number; it needs the section clients, and its token in"
                    + " SANDALPHONE_TOKEN. What the files say of the agent's language model does"
                    + " not happen there."
            })
    private @Nullable URI baseUrl;

    @CommandLine.Option(
            names = "--number",
            paramLabel = "NUMBER",
            description = "With --base-url: the number that is called there, such as +15551230003.")
    private @Nullable String number;

    @CommandLine.Option(
            names = "--allow",
            paramLabel = "MS",
            defaultValue = "0",
            description = {
                "What is added to every time within which something must happen, such as what a"
                        + " slow machine takes longer. Default: ${DEFAULT-VALUE}"
            })
    private int allowMillis;

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    private final PrintStream out;

    private ConverseCommand(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        LogLevel.errorsOnly();
        var out = Program.terminal();
        Program.run(
                new CommandLine(new ConverseCommand(out)).setCaseInsensitiveEnumValuesAllowed(true),
                arguments);
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Conversation> conversations = new LinkedHashMap<>();
        if (files.isEmpty()) {
            Conversations.all()
                    .forEach(
                            (name, each) -> {
                                if (name.contains(only)) {
                                    conversations.put(name, each);
                                }
                            });
        }
        boolean readable = true;
        for (Path file : files) {
            try {
                conversations.put(file.toString(), ConversationReader.read(file));
            } catch (ConfigurationException e) {
                System.err.println(file + "\n" + e.getMessage());
                readable = false;
            }
        }
        if (!readable || conversations.isEmpty() || allowMillis < 0) {
            if (conversations.isEmpty() && readable) {
                System.err.println("scripts/converse: no conversations");
            }
            return CommandLine.ExitCode.USAGE;
        }
        if ((baseUrl == null) != (number == null) || (baseUrl != null && carrier != null)) {
            System.err.println(
                    "scripts/converse: --base-url and --number go together, and without --carrier");
            return CommandLine.ExitCode.USAGE;
        }
        Map<String, Verdict> verdicts =
                baseUrl != null
                        ? running(conversations)
                        : carrier == null ? virtual(conversations) : real(conversations);
        long held = verdicts.values().stream().filter(Verdict::holds).count();
        out.printf("%d of %d conversations came to pass%n", held, conversations.size());
        return held == conversations.size()
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private Map<String, Verdict> virtual(Map<String, Conversation> conversations) {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        conversations.forEach(
                (name, conversation) -> {
                    try (VirtualPhone phone = VirtualPhone.of(conversation)) {
                        Verdict verdict =
                                ConversationRun.of(
                                        conversation, phone, Duration.ofMillis(allowMillis));
                        verdicts.put(name, verdict);
                        print(name, conversation, verdict);
                    }
                });
        return verdicts;
    }

    private Map<String, Verdict> real(Map<String, Conversation> conversations) throws Exception {
        Kind kind = Kind.valueOf(Objects.requireNonNull(carrier).name());
        if (kind != Kind.SIP) {
            return real(conversations, kind, Optional.empty());
        }
        String impossible = AsteriskHost.whyNot();
        if (impossible != null) {
            throw new IOException("cannot run: " + impossible);
        }
        try (AsteriskHost host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999))) {
            return real(conversations, kind, Optional.of(host));
        }
    }

    /// Those with the same agent share a gateway.
    private Map<String, Verdict> real(
            Map<String, Conversation> conversations, Kind kind, Optional<AsteriskHost> host)
            throws Exception {
        Map<Answering, List<String>> byAgent = new LinkedHashMap<>();
        conversations.forEach(
                (name, each) ->
                        byAgent.computeIfAbsent(Answering.of(each), _ -> new ArrayList<>())
                                .add(name));
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        var voice = new CallerVoice();
        try (var ear = new CallerEar()) {
            for (Map.Entry<Answering, List<String>> agent : byAgent.entrySet()) {
                try (ConversationLab lab =
                        ConversationLab.open(
                                kind,
                                host,
                                agent.getKey(),
                                ControllerProgram.asInProduction(List.of()),
                                voice,
                                ear)) {
                    for (String name : agent.getValue()) {
                        Conversation conversation = Objects.requireNonNull(conversations.get(name));
                        tried(
                                name,
                                conversation,
                                () ->
                                        lab.hold(conversation, Duration.ofMillis(allowMillis))
                                                .verdict(),
                                verdicts);
                    }
                }
            }
        }
        return verdicts;
    }

    /// At a gateway that runs.
    private Map<String, Verdict> running(Map<String, Conversation> conversations) throws Exception {
        String token = System.getenv("SANDALPHONE_TOKEN");
        if (token == null) {
            throw new IOException("--base-url needs the operators' token in SANDALPHONE_TOKEN");
        }
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        Vertx vertx = Vertx.vertx();
        var voice = new CallerVoice();
        try (var ear = new CallerEar()) {
            conversations.forEach(
                    (name, conversation) -> {
                        voice.prepare(conversation);
                        tried(
                                name,
                                conversation,
                                () -> running(conversation, vertx, token, voice, ear),
                                verdicts);
                    });
        } finally {
            vertx.close().await();
        }
        return verdicts;
    }

    private Verdict running(
            Conversation conversation,
            Vertx vertx,
            String token,
            CallerVoice voice,
            CallerEar ear) {
        PairPhone caller =
                RunningGateway.call(
                        vertx,
                        Objects.requireNonNull(baseUrl),
                        token,
                        Objects.requireNonNull(number),
                        conversation.language());
        try (RealPhone phone =
                RealPhone.connected(
                        caller,
                        voice,
                        ear,
                        () -> "the gateway ended it",
                        Optional.empty(),
                        Optional::empty,
                        conversation)) {
            return ConversationRun.of(conversation, phone, Duration.ofMillis(allowMillis));
        }
    }

    /// What cannot be tried at all did not come to pass.
    private void tried(
            String name,
            Conversation conversation,
            Supplier<Verdict> hold,
            Map<String, Verdict> verdicts) {
        try {
            Verdict verdict = hold.get();
            verdicts.put(name, verdict);
            print(name, conversation, verdict);
        } catch (AssertionError | IllegalStateException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            out.printf("%s: %s%n     failed      %s%n", name, conversation.title(), why);
        }
    }

    private void print(String name, Conversation conversation, Verdict verdict) {
        out.printf("%s: %s%n", name, conversation.title());
        for (StepVerdict step : verdict.steps()) {
            out.printf(
                    "  %2d %-11s %s%s%n",
                    step.number(),
                    step.judgement().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    step.step(),
                    step.told().isEmpty() ? "" : " – " + step.told());
        }
        verdict.never().forEach(each -> out.printf("     failed      \"%s\" was heard%n", each));
    }
}
