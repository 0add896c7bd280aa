package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.capture.Tcpdump;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Many calls at once, interpreted by the tone engines, on a real Asterisk: how late, how
/// even and how dear the controller's sound is. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench media`, which checks the command line.
public final class MediaBench {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Beyond the measured time, for what happens between its parts.
    private static final Duration SLACK = Duration.ofSeconds(4);

    private static final int CALLER_PORT = 5070;
    private static final int CARRIER_PORT = 5060;
    private static final String CALLER = "15550100009";

    private final int calls;
    private final Duration measured;
    private final Duration warmUp;
    private final boolean relay;
    private final List<String> jvmOptions;
    private final Path folder = RunFolder.create("bench");

    private MediaBench(
            int calls, Duration measured, Duration warmUp, boolean relay, List<String> jvmOptions) {
        this.calls = calls;
        this.measured = measured;
        this.warmUp = warmUp;
        this.relay = relay;
        this.jvmOptions = jvmOptions;
    }

    /// `args`: how many calls, how many seconds, the file for the results as JSON, how many seconds of
    /// warming up, `relay` or `no-relay`, and further options for the controller's virtual machine.
    public static void main(String[] args) throws Exception {
        String missing = AsteriskHost.whyNot();
        if (missing != null) {
            System.err.println("benchmarks cannot run here: " + missing);
            System.exit(1);
        }
        var bench =
                new MediaBench(
                        Integer.parseInt(args[0]),
                        Duration.ofSeconds(Integer.parseInt(args[1])),
                        Duration.ofSeconds(Integer.parseInt(args[3])),
                        args[4].equals("relay"),
                        Arrays.asList(args).subList(5, args.length));
        Path json = Path.of(args[2]).toAbsolutePath();
        try {
            MediaResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
            if (!result.shortfalls().isEmpty()) {
                System.err.println("this machine did not carry the calls; the figures say how far");
                System.exit(1);
            }
        } catch (AssertionError | IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        } finally {
            RunFolder.delete(bench.folder);
        }
        // The phones' threads are daemons, the receivers' are not ours to wait for.
        System.exit(0);
    }

    private static void say(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    private MediaResult run() throws Exception {
        say("booting Asterisk");
        var gc = new GcLog(folder.resolve("gc.log"));
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(gc.option());
        try (var host = AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 20_000));
                var controller =
                        ControllerProcess.start(
                                host, settings(), ControllerProgram.asInProduction(options));
                var caller = SipPhone.open(host.carrier(), at(CALLER_PORT));
                var carrier = SipPhone.open(host.carrier(), at(CARRIER_PORT))) {
            var controllerAlone = ProcessUsage.of(controller.pid());
            var asteriskAlone = ProcessUsage.of(host.pid());
            say("making %d calls", calls);
            List<Conversation> conversations = connect(controller, caller, carrier);
            int turns = (int) (length().dividedBy(Conversation.TURN) + 1);
            for (int i = 0; i < calls; i++) {
                conversations.get(i).talk(i, calls, turns);
            }
            say("warming up for %d s", warmUp.toSeconds());
            Thread.sleep(warmUp);
            var legs = legs(host);
            Path loopback = folder.resolve("loopback.pcap");
            Path line = folder.resolve("line.pcap");
            try (var loopbackCapture = Tcpdump.start(host.vps(), "lo", "udp", loopback);
                    var lineCapture =
                            Tcpdump.start(
                                    host.vps(),
                                    "lab0",
                                    "udp and src host " + AsteriskHost.ADDRESS,
                                    line)) {
                say("measuring for %d s", measured.toSeconds());
                List<Long> beside = List.of(host.pid(), loopbackCapture.pid(), lineCapture.pid());
                var before = Snapshot.first(controller, beside, gc);
                Thread.sleep(measured);
                var after = Snapshot.last(controller, beside, gc);
                long notCaptured = loopbackCapture.stop() + lineCapture.stop();
                say("waiting for the last words");
                List<String> shortfalls = new ArrayList<>();
                awaitSpoken(controller, (relay ? 2L : 1L) * calls * turns)
                        .ifPresent(shortfalls::add);
                ended(conversations).ifPresent(shortfalls::add);
                say("looking at what was captured and heard");
                var capture = MediaCapture.read(legs, loopback, line);
                double seconds = (after.nanos() - before.nanos()) / 1e9;
                return new MediaResult(
                        calls,
                        relay,
                        warmUp.toSeconds(),
                        seconds,
                        Runtime.getRuntime().availableProcessors(),
                        host.version(),
                        capture.injectionDelay(),
                        capture.neverHeard(),
                        capture.scheduleError(),
                        capture.listeningJitter(),
                        ProcessCost.of(
                                after.controller().since(before.controller()),
                                after.controller().since(controllerAlone),
                                after.controller(),
                                calls,
                                seconds),
                        after.threads().percentPerCall(before.threads(), seconds, calls),
                        ProcessCost.of(
                                after.beside().get(0).since(before.beside().get(0)),
                                after.beside().get(0).since(asteriskAlone),
                                after.beside().get(0),
                                calls,
                                seconds),
                        100 * (after.harness() - before.harness()) / seconds,
                        100 * (after.besideFrom(1) - before.besideFrom(1)) / seconds,
                        100 * (after.others() - before.others()) / seconds,
                        gc.pauses(before.gcLines(), after.gcLines()),
                        gc.heapMegabytes(),
                        conversations.stream().mapToLong(Conversation::said).sum(),
                        conversations.stream().mapToLong(Conversation::heard).sum(),
                        after.counters().troublesSince(before.counters()),
                        capture.packets(),
                        notCaptured,
                        shortfalls);
            }
        }
    }

    /// A phone on the SIP side.
    private record OnSip(PhoneCall call) implements Talker {
        @Override
        public void say(short[] pcm) {
            call.media().say(pcm);
        }

        @Override
        public short[] heard() {
            return call.media().received().heardByTimestamp().pcm();
        }

        @Override
        public boolean isUp() {
            return call.isUp();
        }
    }

    private Duration length() {
        return warmUp.plus(measured).plus(SLACK);
    }

    private ControllerSettings settings() {
        ControllerSettings settings = ControllerSettings.tones().limit(calls);
        for (int i = 0; i < calls; i++) {
            settings = settings.route("+" + called(i), destination(i), "relay: " + relay);
        }
        return settings;
    }

    private static String called(int call) {
        return "1555010%04d".formatted(call);
    }

    private static String destination(int call) {
        return "+1202555%04d".formatted(call);
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port);
    }

    private List<Conversation> connect(
            ControllerProcess controller, SipPhone caller, SipPhone carrier) throws Exception {
        List<Conversation> conversations = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String uri = "sip:" + called(i) + "@" + AsteriskHost.ADDRESS + ":5060";
            PhoneCall call = caller.call(CALLER, uri);
            PhoneCall answered = carrier.awaitIncoming(destination(i), SOON);
            call.awaitAnswered(SOON);
            conversations.add(new Conversation(new OnSip(call), new OnSip(answered), relay));
        }
        Poll.until(
                SOON,
                () -> attached(controller) == calls,
                () -> attached(controller) + " of " + calls + " calls have their audio");
        return conversations;
    }

    private static int attached(ControllerProcess controller) {
        int attached = 0;
        for (JsonNode session : controller.sessions()) {
            attached += session.path("audio_attached").asBoolean() ? 1 : 0;
        }
        return attached;
    }

    /// Where the RTP of each leg passes, found by what stands beside it: its private bridge joins an
    /// ExternalMedia channel to a snoop, whose name says on which channel it snoops.
    private static List<MediaCapture.Leg> legs(AsteriskHost host) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode channel : host.channels()) {
            names.put(channel.path("id").asText(), channel.path("name").asText());
        }
        List<MediaCapture.Leg> legs = new ArrayList<>();
        for (JsonNode bridge : host.bridges()) {
            String snooped = "";
            String media = "";
            for (JsonNode member : bridge.path("channels")) {
                String name = names.getOrDefault(member.asText(), "");
                if (name.startsWith("Snoop/")) {
                    snooped = name.substring("Snoop/".length(), name.lastIndexOf('-'));
                } else if (name.startsWith("UnicastRTP/")) {
                    media = member.asText();
                }
            }
            if (!snooped.isEmpty() && !media.isEmpty()) {
                String phone = host.variable(snooped, "CHANNEL(rtp,dest)");
                legs.add(
                        new MediaCapture.Leg(
                                Integer.parseInt(host.variable(media, "UNICASTRTP_LOCAL_PORT")),
                                Integer.parseInt(phone.substring(phone.lastIndexOf(':') + 1))));
            }
        }
        return legs;
    }

    /// What is missing when the last utterance should have been spoken.
    static Optional<String> awaitSpoken(ControllerProcess controller, long utterances)
            throws InterruptedException {
        try {
            Poll.until(
                    SOON,
                    () ->
                            Counters.of(controller).sum("sandalphone_lane_utterances_total")
                                    >= utterances,
                    () ->
                            "%.0f of %d utterances are done with"
                                    .formatted(
                                            Counters.of(controller)
                                                    .sum("sandalphone_lane_utterances_total"),
                                            utterances));
        } catch (AssertionError late) {
            return Optional.of(String.valueOf(late.getMessage()));
        }
        // What was handed over last is still on its way through Asterisk.
        Thread.sleep(500);
        return Optional.empty();
    }

    private static Optional<String> ended(List<Conversation> conversations) {
        long up = conversations.stream().filter(Conversation::isUp).count();
        return up == conversations.size()
                ? Optional.empty()
                : Optional.of((conversations.size() - up) + " calls ended before their time");
    }
}
