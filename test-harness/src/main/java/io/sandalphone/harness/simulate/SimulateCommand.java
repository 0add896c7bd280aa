package io.sandalphone.harness.simulate;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.CarrierTimes;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.measure.SoundFile;
import io.sandalphone.harness.program.Program;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.sandalphone.harness.telnyx.TelnyxAccount;
import io.sandalphone.harness.telnyx.TelnyxKeys;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.sandalphone.harness.twilio.TwilioAccount;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `scripts/simulate`: makes a call to a gateway as Twilio or Telnyx would, and prints what happened.
@CommandLine.Command(
        name = "scripts/simulate",
        sortOptions = false,
        description = {
            "Calls a gateway as a carrier does, without an account: a webhook with a genuine"
                + " signature, the document's verbs in order, the media stream in real time, and a"
                + " REST API that makes the second call. Prints what happens, a line each, and"
                + " writes what was heard to WAV files."
        },
        footerHeading = "%nWhat the gateway has to be told:%n",
        footer = {
            "  Where the carrier's REST API is, and the account: both are printed.",
            "  Twilio: account-sid and auth-token (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN).",
            "  Telnyx: api-key and app-id (TELNYX_API_KEY, TELNYX_APP_ID), public-key.",
            "  What is set in the environment of this command is used, else names of its own."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the call was connected and released, and the carrier had nothing to complain of",
            "1:it was not, or it had",
            "2:wrong command line"
        })
final class SimulateCommand implements Callable<Integer> {
    private enum CarrierName {
        TWILIO,
        TELNYX
    }

    @CommandLine.Parameters(
            paramLabel = "twilio|telnyx",
            description = "The carrier that is simulated.")
    private @Nullable CarrierName carrierName;

    @CommandLine.Option(
            names = "--to",
            required = true,
            paramLabel = "URL",
            description =
                    "The number's webhook, as the carrier's console would have it:"
                        + " https://HOST/twilio/voice. By http the streams are opened without TLS"
                        + " as well.")
    private @Nullable URI to;

    @CommandLine.Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description =
                    "Where the gateway of that URL really listens, without TLS: behind a proxy that"
                            + " is left out.")
    private @Nullable String connect;

    @CommandLine.Option(
            names = "--say",
            paramLabel = "FILE",
            description =
                    "What the caller says: WAV, FLAC, OGG, MP3 or AIFF. Without it they are"
                            + " silent.")
    private @Nullable Path say;

    @CommandLine.Option(
            names = "--from",
            defaultValue = "+15550199",
            paramLabel = "NUMBER",
            description = "Who calls. Default: ${DEFAULT-VALUE}")
    private String from = "";

    @CommandLine.Option(
            names = "--number",
            defaultValue = "+15550100",
            paramLabel = "NUMBER",
            description = "The carrier's number that is called. Default: ${DEFAULT-VALUE}")
    private String number = "";

    @CommandLine.Option(
            names = "--callee",
            paramLabel = "NUMBER[=FILE]",
            description =
                    "A telephone that answers when the gateway has it called, and says FILE; may be"
                            + " given more than once. Other numbers do not exist.")
    private List<String> callees = new ArrayList<>();

    @CommandLine.Option(
            names = "--stay",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "How long the caller stays once all is said. Default: ${DEFAULT-VALUE}")
    private int stay;

    @CommandLine.Option(
            names = "--fallback",
            paramLabel = "FILE",
            description = "The document that runs when the webhook fails (a TwiML Bin).")
    private @Nullable Path fallback;

    @CommandLine.Option(
            names = "--sip",
            paramLabel = "ADDRESS",
            description =
                    "An IP address of this machine, from which a document's <Dial><Sip> is really"
                            + " called, over UDP. Without it nobody is there.")
    private @Nullable InetAddress sip;

    @CommandLine.Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "What goes wrong; may be given more than once: ${COMPLETION-CANDIDATES}")
    private List<CarrierFault> faults = new ArrayList<>();

    @CommandLine.Option(
            names = "--api-port",
            defaultValue = "9180",
            paramLabel = "PORT",
            description = "Where the REST API listens on loopback. Default: ${DEFAULT-VALUE}")
    private int apiPort;

    @CommandLine.Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Telnyx: the file of the key pair that signs; made when it is not there."
                            + " Default: telnyx-key in the folder of --out")
    private @Nullable Path key;

    @CommandLine.Option(
            names = "--out",
            defaultValue = "build/simulate",
            paramLabel = "DIR",
            description = "Where the recordings go. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("build/simulate");

    // Its presence is what picocli looks for.
    @SuppressWarnings("UnusedVariable")
    @CommandLine.Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return Program.of(
                new CommandLine(new SimulateCommand()).setCaseInsensitiveEnumValuesAllowed(true));
    }

    @Override
    public Integer call() throws IOException {
        URI webhook = webhook();
        var print = Program.terminal();
        Vertx vertx = Vertx.vertx();
        try (SipPhone line = sipLine();
                SimulatedCarrier carrier = start(vertx, print)) {
            reach(carrier, webhook);
            if (line != null) {
                carrier.sipBy(line);
            }
            faults.forEach(carrier.faults()::set);
            short[] saying = say == null ? new short[0] : SoundFile.read(say);
            List<Phone> answering = new ArrayList<>();
            for (String callee : callees) {
                answering.add(answering(carrier, callee));
            }
            var called = new IncomingNumber(number, webhook.toString());
            if (fallback != null) {
                called = called.withFallbackDocument(Files.readString(fallback));
            }
            boolean well =
                    new SimulatedRun(carrier, print)
                            .make(
                                    new SimulatedRun.Plan(
                                            called,
                                            carrier.phone(from),
                                            saying,
                                            answering,
                                            Duration.ofSeconds(stay),
                                            out));
            return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            vertx.close();
        }
    }

    private @Nullable SipPhone sipLine() throws IOException {
        return sip == null ? null : SipPhone.open(new InetSocketAddress(sip, 0));
    }

    private URI webhook() {
        URI webhook = to;
        if (webhook == null
                || webhook.getHost() == null
                || !List.of("http", "https").contains(webhook.getScheme())) {
            throw wrong("--to: expected an http or https address, found " + webhook);
        }
        if (connect != null && !connect.matches(".+:\\d{1,5}")) {
            throw wrong("--connect: expected HOST:PORT, found " + connect);
        }
        return webhook;
    }

    private CommandLine.ParameterException wrong(String message) {
        CommandLine.Model.CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("picocli sets it");
        }
        return new CommandLine.ParameterException(known.commandLine(), message);
    }

    private void reach(SimulatedCarrier carrier, URI webhook) {
        String authority = webhook.getRawAuthority();
        if (connect != null) {
            int colon = connect.lastIndexOf(':');
            int port = Integer.parseInt(connect.substring(colon + 1));
            carrier.reach()
                    .map(authority, new Reach.Place(connect.substring(0, colon), port, false));
        } else if (webhook.getScheme().equals("http")) {
            int port = webhook.getPort() < 0 ? 80 : webhook.getPort();
            carrier.reach().map(authority, new Reach.Place(webhook.getHost(), port, false));
        }
    }

    private static Phone answering(SimulatedCarrier carrier, String callee) throws IOException {
        int equals = callee.indexOf('=');
        Phone phone = carrier.phone(equals < 0 ? callee : callee.substring(0, equals));
        phone.answers(new Answering.After(Duration.ofSeconds(1)));
        if (equals >= 0) {
            phone.say(SoundFile.read(Path.of(callee.substring(equals + 1))));
        }
        return phone;
    }

    private SimulatedCarrier start(Vertx vertx, PrintStream print) throws IOException {
        if (carrierName == CarrierName.TELNYX) {
            TelnyxAccount example = TelnyxAccount.EXAMPLE;
            var account =
                    new TelnyxAccount(
                            example.id(),
                            environment("TELNYX_API_KEY", example.apiKey()),
                            environment("TELNYX_APP_ID", example.application()),
                            example.l16());
            TelnyxKeys keys = TelnyxKeys.at(key == null ? out.resolve("telnyx-key") : key);
            var telnyx = SimulatedTelnyx.start(vertx, account, keys, CarrierTimes.USUAL, apiPort);
            print.println(
                    "# Telnyx: REST API at " + telnyx.api() + ", public key " + keys.publicKey());
            print.println(
                    "# app-id "
                            + account.application()
                            + tellsDefault("TELNYX_API_KEY", example.apiKey()));
            return telnyx;
        }
        TwilioAccount example = TwilioAccount.EXAMPLE;
        var account =
                new TwilioAccount(
                        environment("TWILIO_ACCOUNT_SID", example.sid()),
                        environment("TWILIO_AUTH_TOKEN", example.authToken()),
                        example.callsPerSecond());
        var twilio = SimulatedTwilio.start(vertx, account, CarrierTimes.USUAL, apiPort);
        print.println("# Twilio: REST API at " + twilio.api() + ", account " + account.sid());
        if (System.getenv("TWILIO_AUTH_TOKEN") == null) {
            print.println("#" + tellsDefault("TWILIO_AUTH_TOKEN", example.authToken()));
        }
        return twilio;
    }

    private static String environment(String name, String usual) {
        return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isEmpty()).orElse(usual);
    }

    /// A secret of the environment is not shown; the simulator's own is none.
    private static String tellsDefault(String name, String usual) {
        return System.getenv(name) == null
                ? " " + name + " is not set; used instead: " + usual
                : "";
    }
}
