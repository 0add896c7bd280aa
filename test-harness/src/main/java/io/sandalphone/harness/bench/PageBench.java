package io.sandalphone.harness.bench;

import io.sandalphone.harness.bench.PageResult.Phase;
import io.sandalphone.harness.bench.PageResult.Watched;
import io.sandalphone.harness.browser.BrowserPage;
import io.sandalphone.harness.browser.Chromium;
import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Interpreted calls of a simulated Twilio in which both talk half of the time, and operators who watch them: what that costs
/// the sound. In one run nobody watches, a program reads the events, a browser has the page open, and all that once more.
/// `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench page`, which checks the command line.
public final class PageBench {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration SLACK = Duration.ofSeconds(20);
    private static final int ROUNDS = 2;
    private static final String NUMBER = "+15550109999";

    private final int calls;
    private final Duration measured;
    private final Duration warmUp;
    private final List<String> jvmOptions;
    private final int world = TcpPort.free();
    private final int port = TcpPort.free();

    private PageBench(int calls, Duration measured, Duration warmUp, List<String> jvmOptions) {
        this.calls = calls;
        this.measured = measured;
        this.warmUp = warmUp;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /// `args`: how many calls, how many seconds each time, the file for the results as JSON, how many seconds of
    /// warming up, and further options for the controller's virtual machine.
    public static void main(String[] args) throws Exception {
        if (Chromium.program().isEmpty()) {
            System.err.println("no browser: the Debian package chromium is not installed");
            System.exit(1);
        }
        var bench =
                new PageBench(
                        Integer.parseInt(args[0]),
                        Duration.ofSeconds(Integer.parseInt(args[1])),
                        Duration.ofSeconds(Integer.parseInt(args[3])),
                        Arrays.asList(args).subList(4, args.length));
        Path json = Path.of(args[2]).toAbsolutePath();
        try {
            PageResult result = bench.run();
            Files.createDirectories(json.getParent());
            Files.writeString(json, result.json());
            System.out.print(result.table());
        } catch (AssertionError | IllegalStateException e) {
            System.err.println("the benchmark failed: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static void say(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    private PageResult run() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (var twilio = SimulatedTwilio.start(vertx);
                var phones = new LoadPhones()) {
            twilio.streamsBy(phones);
            var carrier = new LoadCarrier(twilio, world);
            try (var controller =
                    ControllerProcess.alone(
                            settings(carrier),
                            port,
                            ControllerProgram.asInProduction(jvmOptions))) {
                Poll.until(SOON, carrier::reaches, () -> "the public listener is open");
                say("%d interpreted calls", calls);
                List<SimulatedCall> made = call(twilio, phones);
                List<LoadPhone> own = talk(phones);
                say("warming up for %d s", warmUp.toSeconds());
                Thread.sleep(warmUp);
                List<Phase> phases = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    for (Watched watched : Watched.values()) {
                        say("measuring for %d s: watched %s", measured.toSeconds(), watched);
                        phases.add(measure(watched, controller, own));
                    }
                }
                made.forEach(SimulatedCall::hangUp);
                return new PageResult(calls, Runtime.getRuntime().availableProcessors(), phases);
            }
        } finally {
            vertx.close().await(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private ControllerSettings settings(LoadCarrier carrier) {
        ControllerSettings settings = ControllerSettings.tones().limit(calls);
        for (int i = 0; i < calls; i++) {
            settings = settings.route(LoadCarrier.called(i), destination(i), "relay: true");
        }
        return carrier.settings(settings, NUMBER);
    }

    private static String destination(int call) {
        return "+1202555%04d".formatted(call);
    }

    private List<SimulatedCall> call(SimulatedTwilio twilio, LoadPhones phones) {
        List<SimulatedCall> made = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            twilio.number(new IncomingNumber(LoadCarrier.called(i), LoadCarrier.WEBHOOK));
            twilio.phone(destination(i)).answers(new Answering.After(Duration.ZERO));
            made.add(twilio.call(twilio.phone(LoadCarrier.caller(i)), LoadCarrier.called(i)));
        }
        Poll.until(
                SOON,
                () -> phones.numbers().size() == 2 * calls,
                () ->
                        "%d of %d streams are open; %s"
                                .formatted(
                                        phones.numbers().size(),
                                        2 * calls,
                                        twilio.journal().problems()));
        return made;
    }

    private List<LoadPhone> talk(LoadPhones phones) {
        Duration browsers = SLACK.multipliedBy((long) ROUNDS * Watched.values().length);
        Duration length =
                warmUp.plus(measured.multipliedBy((long) ROUNDS * Watched.values().length))
                        .plus(browsers);
        int turns = (int) (length.dividedBy(Conversation.TURN) + 1);
        List<LoadPhone> own = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            LoadPhone caller = phone(phones, LoadCarrier.caller(i));
            LoadPhone destination = phone(phones, destination(i));
            new Conversation(caller, destination, true).talk(i, calls, turns);
            own.addAll(List.of(caller, destination));
        }
        return own;
    }

    private static LoadPhone phone(LoadPhones phones, String number) {
        return phones.all().stream()
                .filter(each -> each.number().equals(number))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no stream of " + number));
    }

    private Phase measure(Watched watched, ControllerProcess controller, List<LoadPhone> own)
            throws IOException, InterruptedException {
        return switch (watched) {
            case BY_NOBODY -> measure(watched, controller, own, List::of);
            case BY_A_READER_OF_EVENTS -> {
                try (var _ = controller.watch()) {
                    yield measure(watched, controller, own, List::of);
                }
            }
            case BY_THE_PAGE -> {
                try (Chromium browser = Chromium.withoutMicrophone()) {
                    BrowserPage page = browser.open("http://127.0.0.1:%d/".formatted(port), "");
                    page.await("!document.getElementById('sign-in').hidden");
                    page.evaluate(
                            "document.getElementById('token').value = '%s'; document.querySelector('#sign-in button').click()"
                                    .formatted(ControllerSettings.TOKEN));
                    page.await("document.querySelectorAll('#calls > li').length === " + calls);
                    yield measure(watched, controller, own, browser::pids);
                }
            }
        };
    }

    private Phase measure(
            Watched watched,
            ControllerProcess controller,
            List<LoadPhone> own,
            Supplier<List<Long>> browser)
            throws IOException, InterruptedException {
        Taken before = taken(controller, browser);
        Thread.sleep(measured);
        Taken after = taken(controller, browser);
        if (!own.stream().allMatch(LoadPhone::isUp)) {
            throw new IllegalStateException("a call has ended");
        }
        double seconds = (after.nanos() - before.nanos()) / 1e9;
        double gateway = after.controller() - before.controller();
        double page = after.browserSince(before);
        return new Phase(
                watched,
                seconds,
                Distribution.ofNanos(
                        own.stream()
                                .flatMapToLong(
                                        phone ->
                                                CadenceError.of(
                                                        Arrays.stream(phone.heardAt())
                                                                .filter(
                                                                        at ->
                                                                                at >= before.nanos()
                                                                                        && at
                                                                                                <= after
                                                                                                        .nanos())
                                                                .toArray()))
                                .toArray()),
                100 * gateway / seconds,
                100 * page / seconds,
                100 * (after.machine() - before.machine() - gateway - page) / seconds);
    }

    /// Processor times so far, in seconds; of the browser by process.
    private record Taken(long nanos, double controller, Map<Long, Double> browser, double machine) {
        double browserSince(Taken before) {
            return browser.entrySet().stream()
                    .mapToDouble(
                            each ->
                                    each.getValue()
                                            - before.browser().getOrDefault(each.getKey(), 0.0))
                    .sum();
        }
    }

    private static Taken taken(ControllerProcess controller, Supplier<List<Long>> browser)
            throws IOException {
        Map<Long, Double> page = new HashMap<>();
        for (long pid : browser.get()) {
            try {
                page.put(pid, ProcessUsage.of(pid).seconds());
            } catch (NoSuchFileException _) {
                // It is gone by now; what it took is little.
            }
        }
        return new Taken(
                System.nanoTime(),
                ProcessUsage.of(controller.pid()).seconds(),
                page,
                ProcessUsage.ofMachine().seconds());
    }
}
