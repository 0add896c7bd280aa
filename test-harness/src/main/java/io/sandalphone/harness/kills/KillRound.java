package io.sandalphone.harness.kills;

import io.sandalphone.harness.calls.Heartbeat;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// One kill of the gateway, with a few calls in the midst of it: has them get there, kills, starts anew, and judges each.
///
/// Used from one thread.
final class KillRound {
    /// What is not known of a call by then stays as it is.
    private static final Duration KNOWN = Duration.ofSeconds(15);

    /// How long the two hum on after it is known what became of their call.
    private static final Duration HUM_ON = Duration.ofMillis(1500);

    /// Longer than the voice detector hears on and is patient.
    private static final Duration PAUSE = Duration.ofMillis(1500);

    private static final Duration WHILE_DOWN = Duration.ofMillis(300);

    private final KillLab lab;
    private final int number;
    private final Bars bars;
    private final List<KilledCall> calls = new ArrayList<>();
    private final Heartbeat heartbeat;
    private final List<String> faults = new ArrayList<>();

    private KillRound(
            KillLab lab, int number, List<Moment> moments, Bars bars, RandomGenerator chance) {
        this.lab = lab;
        this.number = number;
        this.bars = bars;
        heartbeat = Heartbeat.through(lab.host());
        for (Moment moment : moments) {
            calls.add(new KilledCall(lab, moment, chance, heartbeat));
        }
    }

    /// Kills once, with one call in each of `moments`, each there once at most. A call of which people notice
    /// more than `bars` allow is wrong.
    static Kill run(
            KillLab lab, int number, List<Moment> moments, Bars bars, RandomGenerator chance)
            throws IOException, InterruptedException {
        var round = new KillRound(lab, number, moments, bars, chance);
        try {
            return round.run();
        } finally {
            round.heartbeat.close();
        }
    }

    private Kill run() throws IOException, InterruptedException {
        try {
            for (KilledCall call : calls) {
                call.join();
            }
            together(call -> call.moment() != Moment.DUCKED, KilledCall::enter);
            // A translation that others are to speak under does not last.
            together(call -> call.moment() == Moment.DUCKED, KilledCall::enter);
        } catch (AssertionError e) {
            lab.sweep();
            lab.left(List.of());
            return new Kill(
                    number, Duration.ZERO, List.of(), List.of("not set up: " + e.getMessage()));
        }
        double costBefore = lab.costToday();
        begin();
        long log = lab.controller().logLength();
        long killed = System.nanoTime();
        calls.forEach(call -> call.struck(killed));
        lab.controller().kill();
        pause(WHILE_DOWN);
        calls.forEach(KilledCall::goOn);
        lab.controller().restart();
        long ready = System.nanoTime();
        calls.forEach(call -> call.ready(ready));
        awaitKnown(log, ready);
        checkCost(costBefore);
        String said = lab.controller().logFrom(log);
        calls.forEach(call -> call.settle(said, bars));

        calls.forEach(KilledCall::meet);
        pause(HUM_ON);
        calls.forEach(call -> call.listen(bars));
        calls.forEach(KilledCall::hush);
        pause(PAUSE);
        together(_ -> true, call -> call.talk(bars));
        calls.forEach(KilledCall::hangUp);
        calls.forEach(KilledCall::awaitReleased);
        faults.addAll(
                lab.left(calls.stream().map(KilledCall::id).filter(id -> !id.isEmpty()).toList()));
        lab.controller()
                .logFrom(log)
                .lines()
                .filter(each -> each.contains(" ERROR "))
                .forEach(each -> faults.add("logged: " + each));
        if (!faults.isEmpty()) {
            lab.sweep();
        }
        return new Kill(
                number,
                Duration.ofNanos(ready - killed),
                calls.stream().map(KilledCall::result).toList(),
                faults);
    }

    /// Those calls go a step further, all at the same time.
    private void together(Predicate<KilledCall> which, Consumer<KilledCall> step)
            throws InterruptedException {
        List<Callable<Object>> steps =
                calls.stream()
                        .filter(which)
                        .map(call -> Executors.callable(() -> step.accept(call)))
                        .toList();
        try (ExecutorService people =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (Future<Object> each : people.invokeAll(steps)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private List<KilledCall> sorted(Comparator<KilledCall> order) {
        return calls.stream().sorted(order).toList();
    }

    /// Each begins so long before the end of this as its lead says.
    private void begin() throws IOException {
        long start = System.nanoTime();
        Duration longest =
                calls.stream().map(KilledCall::lead).max(Comparator.naturalOrder()).orElseThrow();
        for (KilledCall call : sorted(Comparator.comparing(KilledCall::lead).reversed())) {
            waitUntil(start + longest.minus(call.lead()).toNanos());
            call.begin();
        }
        waitUntil(start + longest.toNanos());
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void pause(Duration length) {
        waitUntil(System.nanoTime() + length.toNanos());
    }

    private void awaitKnown(long log, long ready) {
        List<String> ids = calls.stream().map(KilledCall::id).filter(id -> !id.isEmpty()).toList();
        long until = ready + KNOWN.toNanos();
        Poll.until(
                KNOWN.multipliedBy(2),
                () -> {
                    String said = lab.controller().logFrom(log);
                    // Each is looked at, so that none waits for another one.
                    long unknown =
                            calls.stream().filter(call -> !call.isDecided(said, ids)).count();
                    return unknown == 0 || System.nanoTime() > until;
                },
                "it is known what became of all calls");
    }

    /// What was charged before is charged no second time. The file of the day's costs may be some seconds old.
    private void checkCost(double before) {
        double now = lab.costToday();
        double most = before + calls.stream().mapToInt(KilledCall::costUnderWay).sum();
        if (now > most) {
            faults.add("the day cost %.0f before and %.0f now".formatted(before, now));
        }
    }
}
