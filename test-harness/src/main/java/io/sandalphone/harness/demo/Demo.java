package io.sandalphone.harness.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LanRelay;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.harness.program.Program;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.OfflineVoices;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Synthesizer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/// `scripts/demo`: makes one interpreted call between two real phones through a real Asterisk, shows
/// it as it happens, measures what the phones heard, and leaves a report.
@CommandLine.Command(
        name = "scripts/demo",
        sortOptions = false,
        description = {
            "Makes a phone call through a real Asterisk that is interpreted, and measures it.",
            "Needs root for network namespaces."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every promise was kept",
            "1:the call failed, or a promise was broken",
            "2:wrong command line, or keys that --providers cloud needs are missing"
        })
public final class Demo implements Callable<Integer> {
    private static final int RATE = 8000;

    @CommandLine.Option(
            names = "--say",
            paramLabel = "FILE|TEXT",
            description = {
                "What the caller says instead of the packaged human voice, twice: a recording"
                        + " (WAV, FLAC, OGG, MP3, AIFF) or words."
            })
    private @Nullable String say;

    @CommandLine.Option(
            names = "--reply",
            paramLabel = "FILE|TEXT",
            description = "What the destination's phone says; said twice.")
    private @Nullable String reply;

    @CommandLine.Option(
            names = "--from",
            paramLabel = "en|es",
            defaultValue = "en",
            description = {
                "What the caller speaks; the destination speaks the other language."
                        + " Default: ${DEFAULT-VALUE}"
            })
    private @Nullable Language from;

    @CommandLine.Option(
            names = "--relay",
            negatable = true,
            description = {
                "Interprets both ways, or the caller alone. Default: both ways where the recognizer"
                        + " hears both languages."
            })
    private @Nullable Boolean relay;

    @CommandLine.Option(
            names = "--providers",
            paramLabel = "offline|lite|cloud-fakes|cloud",
            defaultValue = "offline",
            description = {
                "Whose engines interpret. offline: the embedded ones, with the model files of the"
                    + " profile standard. lite: those that need none. cloud-fakes: the clients of"
                    + " AssemblyAI, Google and Polly, against fakes on loopback. cloud: the same"
                    + " against the services themselves, with the keys in the environment; they"
                    + " send a bill. Default: ${DEFAULT-VALUE}"
            })
    private @Nullable Providers providers;

    @CommandLine.Option(
            names = "--carrier",
            paramLabel = "asterisk|twilio|telnyx",
            defaultValue = "asterisk",
            description = {
                "Who carries the call: a real Asterisk, between two real phones, or a simulated"
                    + " Twilio or Telnyx, for which neither root nor Asterisk is needed. Default:"
                    + " ${DEFAULT-VALUE}"
            })
    private @Nullable DemoCarrier carrier;

    @CommandLine.Option(
            names = "--keep",
            description = "Leaves everything running until Ctrl-C, and says how to call in.")
    private boolean keep;

    @CommandLine.Option(
            names = "--lan",
            paramLabel = "ADDRESS",
            description = {
                "With --keep: lets phones call in at this private IPv4 address of this machine, by"
                        + " UDP to port 5060. Without it nobody outside can."
            })
    private @Nullable String lan;

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

    private final PrintStream terminal;

    private Demo(PrintStream terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        PrintStream terminal = Program.terminal();
        Program.run(
                new CommandLine(new Demo(terminal))
                        .registerConverter(Language.class, Dialogue::language)
                        .registerConverter(Providers.class, Providers::of)
                        .registerConverter(DemoCarrier.class, DemoCarrier::of),
                arguments);
    }

    @Override
    public Integer call() throws Exception {
        InetAddress open = null;
        if (lan != null) {
            try {
                open = LanRelay.address(lan);
            } catch (IllegalArgumentException e) {
                System.err.println("scripts/demo: --lan: " + e.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            if (!keep) {
                System.err.println("scripts/demo: --lan needs --keep");
                return CommandLine.ExitCode.USAGE;
            }
        }
        if (callers().equals(Dialogue.SPANISH) && !Objects.requireNonNull(providers).hearBoth()) {
            System.err.println(
                    "scripts/demo: --from es: the recognizer of --providers "
                            + providers
                            + " hears English only");
            return CommandLine.ExitCode.USAGE;
        }
        if (providers == Providers.CLOUD) {
            List<String> missing = new CloudAccount(System.getenv()).missing();
            if (!missing.isEmpty()) {
                System.err.println(
                        "scripts/demo: --providers cloud needs in the environment: "
                                + String.join(", ", missing));
                return CommandLine.ExitCode.USAGE;
            }
        }
        if (who().isSimulated()
                && (keep || providers == Providers.CLOUD || providers == Providers.CLOUD_FAKES)) {
            System.err.println(
                    "scripts/demo: --carrier "
                            + who()
                            + " goes with the embedded engines, and ends");
            return CommandLine.ExitCode.USAGE;
        }
        String impossible = who().hasAsterisk() ? AsteriskHost.whyNot() : null;
        if (impossible != null) {
            throw new IOException("cannot run: " + impossible);
        }
        Providers whose = Objects.requireNonNull(providers);
        Synthesizer espeak = SpeechGenerator.espeak();
        Synthesizer prompter =
                whose == Providers.LITE
                        ? espeak
                        : new OfflineVoices(
                                OfflineSettings.defaults(),
                                OfflineMeters.register(new SimpleMeterRegistry()));
        return switch (whose) {
            case OFFLINE -> call(whose, prompter, prompter, open);
            case LITE, CLOUD_FAKES -> call(whose, prompter, espeak, open);
            case CLOUD -> {
                try (CloudAccount account = new CloudAccount(System.getenv())) {
                    account.check();
                    yield call(whose, prompter, account.voice(), open);
                }
            }
        };
    }

    private DemoCarrier who() {
        return Objects.requireNonNull(carrier);
    }

    private Language callers() {
        return Objects.requireNonNull(from);
    }

    /// `prompter` says for the phones what is given as text, `voice` is the one the controller
    /// speaks with.
    private int call(
            Providers whose, Synthesizer prompter, Synthesizer voice, @Nullable InetAddress open)
            throws Exception {
        Path folder = Files.createDirectories(Objects.requireNonNull(out)).toAbsolutePath();
        boolean both = relay == null ? whose.hearBoth() : relay;
        Dialogue dialogue = Dialogue.of(callers(), say, reply, both, prompter);
        LiveView view = new LiveView(terminal);
        Path jar = Objects.requireNonNull(controller);
        DemoCall call =
                switch (who()) {
                    case ASTERISK -> new LabCall(dialogue, both, whose, jar, folder, view, open);
                    case TWILIO, TELNYX ->
                            new CarrierCall(who(), dialogue, both, whose, jar, folder, view);
                    case TWILIO_TO_SIP -> new MixedCall(dialogue, both, whose, jar, folder, view);
                };
        // Ctrl-C must not leave an Asterisk behind.
        Thread cleanUp = new Thread(call::close, "clean up");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        CallOutcome outcome;
        try {
            outcome = call.make();
        } catch (Exception | AssertionError e) {
            call.close();
            throw new IOException(e.getMessage() + "\nThe controller's log is in " + folder, e);
        }
        view.say("measuring what the phones recorded");
        CallReport report = CallMeasurement.measure(outcome, voice);
        write(folder, outcome, report);
        terminal.println(CallTable.of(report));
        terminal.println("Look and listen: " + folder.resolve("call.html"));
        if (keep) {
            if (call instanceof LabCall lab) {
                terminal.println(lab.howToCallIn());
            }
            new CountDownLatch(1).await();
        }
        call.close();
        Runtime.getRuntime().removeShutdownHook(cleanUp);
        return Verdict.of(report).exitCode();
    }

    private static void write(Path folder, CallOutcome outcome, CallReport report)
            throws IOException {
        write(folder, "destination", outcome.recordings().destination());
        write(folder, "caller", outcome.recordings().caller());
        CallJson.write(folder.resolve("call.json"), report);
        CallPage.write(folder.resolve("call.html"), report, outcome.recordings());
    }

    private static void write(Path folder, String party, Recordings.Phone phone)
            throws IOException {
        new Wav(phone.heard(), RATE).write(folder.resolve(party + ".wav"));
        new Wav(phone.said(), RATE).write(folder.resolve(party + "-said.wav"));
    }
}
