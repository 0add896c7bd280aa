package io.sandalphone.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.bench.Conversation.Utterance;
import io.sandalphone.harness.capture.Pcap;
import io.sandalphone.harness.capture.Tcpdump;
import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.Happening;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Many calls at once of a simulated Twilio, first to the echo, one socket each, then interpreted both ways by
/// the tone engines, two sockets each: how even, how late and how dear their sound is.
/// `controller/docs/benchmarks.md` explains the results.
///
/// The controller is a process of its own, run as in production. The carrier and its phones are this one, so
/// what they take is this process's. Started by `scripts/bench hairpin`, which checks the command line.
public final class HairpinBench {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SLACK = Duration.ofSeconds(4);
    private static final Duration FIRST_CALL = Duration.ofSeconds(9);
    private static final String ECHO = "+15550109999";
    private static final Pattern REHEARSED = Pattern.compile("a call was rehearsed millis=(\\d+)");
    private static final String NOBODY = "+15550108888";
    private static final int REHEARSED_CALLS = 20;
    private static final double MOST_ECHO_PERCENT = 0.40;
    private static final double MOST_INTERPRETED_PERCENT = 0.9;

    private final int calls;
    private final Duration measured;
    private final Duration warmUp;
    private final List<String> jvmOptions;
    private final Path folder = RunFolder.create("bench");
    private final int world = TcpPort.free();

    HairpinBench(int calls, Duration measured, Duration warmUp, List<String> jvmOptions) {
        this.calls = calls;
        this.measured = measured;
        this.warmUp = warmUp;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// `args`: how many calls, how many seconds, the file for the results as JSON, how many seconds of
    /// warming up, and further options for the controller's virtual machine.
    public static void main(String[] args) throws Exception {
        var bench =
                new HairpinBench(
                        Integer.parseInt(args[0]),
                        Duration.ofSeconds(Integer.parseInt(args[1])),
                        Duration.ofSeconds(Integer.parseInt(args[3])),
                        Arrays.asList(args).subList(4, args.length));
        Path json = Path.of(args[2]).toAbsolutePath();
        try {
            HairpinResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
            if (!result.carried()) {
                System.err.println("this machine did not carry the calls; the figures say how far");
                System.exit(1);
            }
        } catch (AssertionError | IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void say(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    /// Measures all there is.
    HairpinResult run() throws Exception {
        var gc = new GcLog(folder.resolve("gc.log"));
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(gc.option());
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (var twilio = SimulatedTwilio.start(vertx);
                var phones = new LoadPhones()) {
            twilio.streamsBy(phones);
            var carrier = new LoadCarrier(twilio, world);
            rehearse(vertx, twilio);
            try (var controller =
                    ControllerProcess.alone(
                            settings(carrier),
                            TcpPort.free(),
                            ControllerProgram.asInProduction(options))) {
                // Operators are answered a moment before carriers are.
                Poll.until(SOON, carrier::reaches, () -> "the public listener is open");
                var run = new Run(twilio, phones, controller, gc);
                say("the first call");
                HairpinResult.FirstCall first = run.firstCall();
                say("%d calls to the echo", calls);
                LoadResult echo = run.echo();
                say("%d interpreted calls", calls);
                LoadResult interpreted = run.interpreted();
                return new HairpinResult(
                        calls,
                        warmUp.toSeconds(),
                        Runtime.getRuntime().availableProcessors(),
                        first,
                        echo,
                        interpreted);
            }
        } finally {
            vertx.close().await(SOON.toSeconds(), TimeUnit.SECONDS);
            RunFolder.delete(folder);
        }
    }

    /// Calls that nobody takes, so that the first one to the controller does not measure how long the
    /// simulator's own code takes when it runs for the first time.
    private static void rehearse(Vertx vertx, SimulatedTwilio twilio) throws Exception {
        HttpServer elsewhere =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.response()
                                                .putHeader("Content-Type", "text/xml")
                                                .end("<Response><Hangup/></Response>"))
                        .listen(0, "127.0.0.1")
                        .await(SOON.toSeconds(), TimeUnit.SECONDS);
        twilio.number(
                new IncomingNumber(
                        NOBODY, "http://127.0.0.1:%d/voice".formatted(elsewhere.actualPort())));
        for (int i = 0; i < REHEARSED_CALLS; i++) {
            SimulatedCall call = twilio.call(twilio.phone(LoadCarrier.caller(0)), NOBODY);
            Poll.until(SOON, () -> call.status().ended(), () -> "a call ends: " + call.status());
        }
        elsewhere.close().await(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private ControllerSettings settings(LoadCarrier carrier) {
        ControllerSettings settings = ControllerSettings.tones().limit(calls + 1);
        for (int i = 0; i <= calls; i++) {
            settings = settings.route(LoadCarrier.called(i), destination(i), "relay: true");
        }
        return carrier.settings(
                settings.with("routes: {\"%s\": {service: echo}}".formatted(ECHO)), ECHO);
    }

    private static String destination(int call) {
        return "+1202555%04d".formatted(call);
    }

    private int turns(Duration length) {
        return (int) (length.dividedBy(Conversation.TURN) + 1);
    }

    /// What is looked at while calls go on: the same for both loads.
    private record Measured(
            Snapshot before, Snapshot after, long notCaptured, Optional<Path> capture) {
        double seconds() {
            return (after.nanos() - before.nanos()) / 1e9;
        }
    }

    /// One controller, and the calls that are made to it one after another.
    private final class Run {
        private final SimulatedTwilio twilio;
        private final LoadPhones phones;
        private final ControllerProcess controller;
        private final GcLog gc;
        private final List<SimulatedCall> made = new ArrayList<>();

        Run(SimulatedTwilio twilio, LoadPhones phones, ControllerProcess controller, GcLog gc) {
            this.twilio = twilio;
            this.phones = phones;
            this.controller = controller;
            this.gc = gc;
            twilio.number(new IncomingNumber(ECHO, LoadCarrier.WEBHOOK));
            for (int i = 0; i <= calls; i++) {
                twilio.number(new IncomingNumber(LoadCarrier.called(i), LoadCarrier.WEBHOOK));
                twilio.phone(destination(i)).answers(new Answering.After(Duration.ZERO));
            }
        }

        private LoadPhone phone(String number, int first) {
            List<LoadPhone> all = phones.all();
            return all.subList(first, all.size()).stream()
                    .filter(each -> each.number().equals(number))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no stream of " + number));
        }

        private Conversation conversation(int call, int first) {
            return new Conversation(
                    phone(LoadCarrier.caller(call), first), phone(destination(call), first), true);
        }

        private void await(int streams) {
            Poll.until(
                    SOON,
                    () -> phones.numbers().size() == streams,
                    () ->
                            "%d of %d streams are open; %s"
                                    .formatted(
                                            phones.numbers().size(),
                                            streams,
                                            twilio.journal().problems()));
        }

        private void awaitAttached(int wanted) {
            Poll.until(
                    SOON,
                    () -> attached() == wanted,
                    () -> attached() + " of " + wanted + " calls have their audio");
        }

        private int attached() {
            int attached = 0;
            for (JsonNode session : controller.sessions()) {
                attached += session.path("audio_attached").asBoolean() ? 1 : 0;
            }
            return attached;
        }

        private void hangUp() {
            made.forEach(SimulatedCall::hangUp);
            made.clear();
            controller.awaitIdle(SOON);
            await(0);
        }

        HairpinResult.FirstCall firstCall() throws InterruptedException {
            int first = phones.all().size();
            SimulatedCall call =
                    twilio.call(twilio.phone(LoadCarrier.caller(calls)), LoadCarrier.called(calls));
            made.add(call);
            await(2);
            Conversation conversation = conversation(calls, first);
            LoadPhone caller = phone(LoadCarrier.caller(calls), first);
            LoadPhone destination = phone(destination(calls), first);
            conversation.talk(0, 1, turns(FIRST_CALL));
            Thread.sleep(FIRST_CALL);
            long[] callerHeard = caller.heardAt();
            long[] destinationHeard = destination.heardAt();
            long asked = at(call, Happening.What.WEBHOOK);
            long answered = at(call, Happening.What.VERB);
            hangUp();
            return new HairpinResult.FirstCall(
                    rehearsed(),
                    (answered - asked) / 1e6,
                    (Math.max(callerHeard[0], destinationHeard[0]) - answered) / 1e6,
                    Math.max(longestGap(callerHeard), longestGap(destinationHeard)) / 1e6);
        }

        /// How long the controller's rehearsal took, in milliseconds; 0 without one that went through.
        private long rehearsed() {
            Matcher line = REHEARSED.matcher(controller.log());
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        }

        private long at(SimulatedCall call, Happening.What what) {
            return twilio.journal().of(what).stream()
                    .filter(each -> each.call().equals(call.id()))
                    .findFirst()
                    .orElseThrow()
                    .nanos();
        }

        private long longestGap(long[] nanos) {
            return LongStream.range(1, nanos.length)
                    .map(i -> nanos[(int) i] - nanos[(int) i - 1])
                    .max()
                    .orElse(0);
        }

        LoadResult echo() throws Exception {
            ProcessUsage alone = ProcessUsage.of(controller.pid());
            int first = phones.all().size();
            for (int i = 0; i < calls; i++) {
                made.add(twilio.call(twilio.phone(LoadCarrier.caller(i)), ECHO));
            }
            await(calls);
            int turns = turns(warmUp.plus(measured).plus(SLACK));
            List<LoadPhone> own = new ArrayList<>();
            List<List<Utterance>> said = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                LoadPhone phone = phone(LoadCarrier.caller(i), first);
                own.add(phone);
                said.add(Conversation.sayAlone(phone, i, calls, turns));
            }
            Measured times = measure();
            List<String> shortfalls = new ArrayList<>();
            down(own).ifPresent(shortfalls::add);
            LongStream.Builder delays = LongStream.builder();
            for (int i = 0; i < calls; i++) {
                MouthToEar.of(
                                own.get(i),
                                said.get(i),
                                own.get(i),
                                times.before().nanos(),
                                times.after().nanos())
                        .forEach(delays);
            }
            LoadResult result =
                    result(
                            MOST_ECHO_PERCENT,
                            own,
                            times,
                            alone,
                            delays.build().toArray(),
                            0,
                            0,
                            shortfalls);
            hangUp();
            return result;
        }

        LoadResult interpreted() throws Exception {
            ProcessUsage alone = ProcessUsage.of(controller.pid());
            double spoken = Counters.of(controller).sum("sandalphone_lane_utterances_total");
            int first = phones.all().size();
            for (int i = 0; i < calls; i++) {
                made.add(twilio.call(twilio.phone(LoadCarrier.caller(i)), LoadCarrier.called(i)));
            }
            await(2 * calls);
            awaitAttached(calls);
            int turns = turns(warmUp.plus(measured).plus(SLACK));
            List<LoadPhone> own = new ArrayList<>();
            List<Conversation> conversations = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                Conversation conversation = conversation(i, first);
                conversation.talk(i, calls, turns);
                conversations.add(conversation);
                own.add(phone(LoadCarrier.caller(i), first));
                own.add(phone(destination(i), first));
            }
            Measured times = measure();
            say("waiting for the last words");
            List<String> shortfalls = new ArrayList<>();
            MediaBench.awaitSpoken(controller, (long) spoken + 2L * calls * turns)
                    .ifPresent(shortfalls::add);
            down(own).ifPresent(shortfalls::add);
            LongStream.Builder delays = LongStream.builder();
            for (int i = 0; i < calls; i++) {
                Conversation conversation = conversations.get(i);
                LoadPhone caller = own.get(2 * i);
                LoadPhone destination = own.get(2 * i + 1);
                long from = times.before().nanos();
                long to = times.after().nanos();
                MouthToEar.of(caller, conversation.saidByCaller(), destination, from, to)
                        .forEach(delays);
                MouthToEar.of(destination, conversation.saidByDestination(), caller, from, to)
                        .forEach(delays);
            }
            LoadResult result =
                    result(
                            MOST_INTERPRETED_PERCENT,
                            own,
                            times,
                            alone,
                            delays.build().toArray(),
                            conversations.stream().mapToLong(Conversation::said).sum(),
                            conversations.stream().mapToLong(Conversation::heard).sum(),
                            shortfalls);
            hangUp();
            return result;
        }

        private Optional<String> down(List<LoadPhone> own) {
            long up = own.stream().filter(LoadPhone::isUp).count();
            return up == own.size()
                    ? Optional.empty()
                    : Optional.of("%d of %d streams are open".formatted(up, own.size()));
        }

        private Measured measure() throws IOException, InterruptedException {
            say("warming up for %d s", warmUp.toSeconds());
            Thread.sleep(warmUp);
            say("measuring for %d s", measured.toSeconds());
            if (!Tcpdump.isAllowed()) {
                return measure(List.of(), Optional.empty());
            }
            Path file = folder.resolve("media.pcap");
            try (var capture =
                    Tcpdump.start(
                            Network.ofThisMachine(), "lo", "tcp and src port " + world, file)) {
                Measured times = measure(List.of(capture.pid()), Optional.of(file));
                return new Measured(times.before(), times.after(), capture.stop(), times.capture());
            }
        }

        private Measured measure(List<Long> beside, Optional<Path> capture)
                throws IOException, InterruptedException {
            Snapshot before = Snapshot.first(controller, beside, gc);
            Thread.sleep(measured);
            return new Measured(before, Snapshot.last(controller, beside, gc), 0, capture);
        }

        private LoadResult result(
                double mostCpuPercent,
                List<LoadPhone> own,
                Measured times,
                ProcessUsage alone,
                long[] delays,
                long wordsSaid,
                long wordsHeard,
                List<String> shortfalls)
                throws IOException {
            Snapshot before = times.before();
            Snapshot after = times.after();
            double seconds = times.seconds();
            long[] heardThrough = Arrays.stream(delays).filter(delay -> delay >= 0).toArray();
            return new LoadResult(
                    mostCpuPercent,
                    seconds,
                    ProcessCost.of(
                            after.controller().since(before.controller()),
                            after.controller().since(alone),
                            after.controller(),
                            calls,
                            seconds),
                    after.threads().percentPerCall(before.threads(), seconds, calls),
                    Distribution.ofNanos(
                            own.stream()
                                    .flatMapToLong(
                                            phone ->
                                                    CadenceError.of(
                                                            between(
                                                                    phone.heardAt(),
                                                                    before.nanos(),
                                                                    after.nanos())))
                                    .toArray()),
                    onWire(own, times.capture()),
                    Distribution.ofNanos(heardThrough),
                    Distribution.percentile(heardThrough, 95),
                    delays.length - heardThrough.length,
                    gc.pauses(before.gcLines(), after.gcLines()),
                    gc.heapMegabytes(),
                    wordsSaid,
                    wordsHeard,
                    after.counters().troublesSince(before.counters()),
                    100 * (after.harness() - before.harness()) / seconds,
                    100 * (after.besideFrom(0) - before.besideFrom(0)) / seconds,
                    100 * (after.others() - before.others()) / seconds,
                    times.notCaptured(),
                    shortfalls);
        }

        private long[] between(long[] nanos, long from, long to) {
            return Arrays.stream(nanos).filter(at -> at >= from && at <= to).toArray();
        }

        /// The same as captured, each message of sound counted for itself where two went together.
        private Distribution onWire(List<LoadPhone> own, Optional<Path> capture)
                throws IOException {
            if (capture.isEmpty()) {
                return Distribution.ofNanos(new long[0]);
            }
            Map<Integer, LoadPhone> byPort = new HashMap<>();
            for (LoadPhone phone : own) {
                if (phone.isUp()) {
                    byPort.put(phone.port(), phone);
                }
            }
            Map<Integer, List<Long>> times = new HashMap<>();
            Pcap.readTcp(
                    capture.get(),
                    segment -> {
                        LoadPhone phone = byPort.get(segment.destinationPort());
                        int messages =
                                phone == null || phone.mediaBytes() == 0
                                        ? 0
                                        : segment.length() / phone.mediaBytes();
                        for (int i = 0; i < messages; i++) {
                            times.computeIfAbsent(segment.destinationPort(), _ -> new ArrayList<>())
                                    .add(segment.nanos());
                        }
                    });
            return Distribution.ofNanos(
                    times.values().stream()
                            .flatMapToLong(
                                    each ->
                                            CadenceError.of(
                                                    each.stream()
                                                            .mapToLong(Long::longValue)
                                                            .toArray()))
                            .toArray());
        }
    }
}
