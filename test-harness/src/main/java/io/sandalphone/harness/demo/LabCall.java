package io.sandalphone.harness.demo;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.BaresipPhone;
import io.sandalphone.harness.lab.LanRelay;
import io.sandalphone.harness.measure.Wav;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A call through a real Asterisk between two real phones, interpreted by a real controller.
final class LabCall implements DemoCall {
    static final String CALLED = "+12125550101";
    private static final String CALLER = "+12125550100";
    private static final String DESTINATION = "+525512345678";
    static final int FIRST_RTP_PORT = 10000;
    static final int LAST_RTP_PORT = 10998;
    // Each of these is open to the LAN: enough for ten calls.
    private static final int LAST_LAN_RTP_PORT = 10159;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Dialogue dialogue;
    private final boolean relay;
    private final Providers providers;
    private final Path jar;
    private final Path folder;
    private final LiveView view;
    private final @Nullable InetAddress lan;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private String carrier = "";
    private String vps = "";

    LabCall(
            Dialogue dialogue,
            boolean relay,
            Providers providers,
            Path jar,
            Path folder,
            LiveView view,
            @Nullable InetAddress lan) {
        this.dialogue = dialogue;
        this.relay = relay;
        this.providers = providers;
        this.jar = jar;
        this.folder = folder;
        this.view = view;
        this.lan = lan;
    }

    private synchronized <T extends AutoCloseable> T keep(T resource) {
        running.push(resource);
        return resource;
    }

    @Override
    public CallOutcome make() throws Exception {
        view.say("starting Asterisk");
        AsteriskHost host = keep(AsteriskHost.boot(options()));
        if (lan != null) {
            keep(LanRelay.open(host, lan, FIRST_RTP_PORT, LAST_LAN_RTP_PORT));
        }
        carrier = host.carrier().name();
        vps = host.vps().name();
        view.say("Asterisk " + host.version() + " is up");
        Services services = keep(Services.start(providers, host.vps(), dialogue));
        view.say("starting the controller, engines: " + providers);
        ControllerProcess controller =
                keep(
                        ControllerProcess.start(
                                host,
                                settings(services),
                                ControllerProgram.ofJar(jar, services.jvmOptions(), folder)));
        keep((AutoCloseable) controller::stop);
        keep(controller.watch(event -> CallNews.of(event).ifPresent(view::on)));
        view.say("the controller is ready, " + CALLER + " calls " + CALLED);
        BaresipPhone called = keep(phone(host, DESTINATION, 5060, dialogue.destination()));
        BaresipPhone calling = keep(phone(host, CALLER, 5070, dialogue.caller()));
        calling.dial(CALLED);
        called.awaitEstablished(PATIENCE);
        calling.awaitEstablished(PATIENCE);
        Duration speech = Duration.ofMillis(dialogue.millis());
        called.awaitHeard(speech, speech.plus(PATIENCE));
        view.awaitQuiet();
        calling.hangUp();
        called.awaitClosed(PATIENCE);
        Optional<CallNews.Ended> end = view.awaitEnd(PATIENCE.toSeconds());
        CallOutcome.LeftBehind left = leftBehind(host, services::sessions);
        return new CallOutcome(
                end.map(CallNews.Ended::result).orElse("unknown"),
                end.map(CallNews.Ended::reason).orElse("no-end-reported"),
                DemoCarrier.ASTERISK,
                host.version(),
                providers,
                new Recordings(recorded(calling), recorded(called)),
                view.utterances(),
                dialogue.known(relay, view),
                view.cost(),
                left);
    }

    private AsteriskHost.Options options() {
        return lan == null
                ? new AsteriskHost.Options(Map.of(), FIRST_RTP_PORT, LAST_RTP_PORT)
                : LanRelay.options(lan, FIRST_RTP_PORT, LAST_LAN_RTP_PORT);
    }

    private ControllerSettings settings(Services services) {
        return services.settings()
                .route(
                        "*",
                        DESTINATION,
                        "caller-language: %s, destination-language: %s, relay: %s"
                                .formatted(dialogue.callers(), dialogue.destinations(), relay))
                .with("shutdown: {drain-timeout: 0s}");
    }

    private BaresipPhone phone(AsteriskHost host, String number, int port, Script script)
            throws IOException {
        Path says = folder.resolve("says-" + port + ".wav");
        script.write(says);
        return BaresipPhone.on(host.carrier(), new BaresipPhone.Settings(number, port, says, true));
    }

    static Recordings.Phone recorded(BaresipPhone phone) throws IOException {
        BaresipPhone.Recording said = phone.said();
        BaresipPhone.Recording heard = phone.heard();
        return Recordings.Phone.started(
                Wav.read(said.file()).pcm(),
                Wav.read(heard.file()).pcm(),
                Duration.between(said.start(), heard.start()));
    }

    /// What is still there a few seconds after the call.
    static CallOutcome.LeftBehind leftBehind(
            AsteriskHost host, Supplier<Optional<CallOutcome.Sessions>> sessions) {
        long start = System.nanoTime();
        while (true) {
            var left =
                    new CallOutcome.LeftBehind(
                            host.channels().size(), host.bridges().size(), sessions.get());
            if (left.nothing() || System.nanoTime() - start > SETTLE.toNanos()) {
                return left;
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }

    @Override
    public synchronized void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception | AssertionError e) {
                view.say("could not be ended: " + e.getMessage());
            }
        }
    }

    /// For whoever wants to call while it all runs.
    String howToCallIn() {
        return """

        Everything is still running; Ctrl-C ends it.
        Asterisk answers at %s:5060 to whoever calls from %s, in the network namespace %s.
        Call from there with any SIP client, for example:
          ip netns exec %s baresip -e /dial sip:%s@%s\
        """
                        .formatted(
                                AsteriskHost.ADDRESS,
                                AsteriskHost.CARRIER_ADDRESS,
                                carrier,
                                carrier,
                                CALLED,
                                AsteriskHost.ADDRESS)
                + fromTheLan()
                + (providers == Providers.CLOUD_FAKES ? howToFail() : "");
    }

    private String fromTheLan() {
        return lan == null
                ? """

                A softphone on your network calls in when the demo is started with --keep --lan ADDRESS, ADDRESS
                being this machine's own there, such as 192.168.1.10.\
                """
                : """

                A softphone on your network calls sip:%s@%s (UDP, G.711, no account), and is heard in
                %s; whoever reaches that address can.\
                """
                        .formatted(
                                CALLED,
                                lan.getHostAddress(),
                                Dialogue.name(dialogue.destinations()));
    }

    /// For whoever wants to hear what becomes of a call when a vendor fails.
    private String howToFail() {
        return """

        Make Amazon Polly stall, and well again:
          ip netns exec %s curl -X PUT localhost:9100/faults/polly/stall
          ip netns exec %s curl -X DELETE localhost:9100/faults/polly\
        """
                .formatted(vps, vps);
    }
}
