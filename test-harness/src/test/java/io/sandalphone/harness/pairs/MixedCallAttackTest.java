package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.controller.ResourceUsage;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// The worst that befalls a call of two carriers: somebody at Twilio calls somebody behind Asterisk.
@RealAsterisk
class MixedCallAttackTest {
    private static final Duration SOON = Scenarios.SOON;
    private static final ToneSpeech SLOW = ToneSpeech.USUAL.withWord(Duration.ofMillis(600));

    /// By how much later the other one acts, in milliseconds.
    private static final List<Integer> MOMENTS = List.of(-30, -10, -3, 0, 0, 3, 10, 30, 80);

    private static PairLab lab;
    private double faults;
    private double overdue;

    @BeforeAll
    static void open(AsteriskHost host) throws Exception {
        lab =
                PairLab.open(
                        Pair.TWILIO_SIP,
                        Optional.of(host),
                        ControllerSettings.tones(),
                        ControllerProgram.QUICK);
        Scenarios.warmUp(lab);
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @BeforeEach
    void count() {
        faults = faults();
        overdue = overdue();
    }

    @AfterEach
    void nobody_is_left_and_nothing_of_ours_broke() {
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
        assertEquals(faults, faults(), "faults of our own");
        assertEquals(overdue, overdue(), "calls that had to be abandoned");
    }

    private static double faults() {
        return lab.gateway().metric("sandalphone_call_faults_total")
                + lab.gateway().metric("sandalphone_bus_faults_total");
    }

    private static double overdue() {
        return lab.gateway().metric("sandalphone_call_release_overdue_total");
    }

    private static CarrierPhones.Side twilio(PairPhone phone) {
        return (CarrierPhones.Side) phone;
    }

    private static long requests(CarrierPhones.Side side) {
        return side.carrier().journal().of(What.REST).stream().count();
    }

    @Test
    void a_stream_that_is_lost_for_long_ends_nobodys_call_and_comes_back() {
        try (JoinedPair call = lab.join(1, SOON)) {
            CarrierPhones.Side caller = twilio(call.caller());
            call.destination().repeat(SLOW.render(ToneWord.V4));
            Scenarios.awaitHeard(caller, call.sinceNanos(), ToneWord.W4);
            caller.carrier().faults().set(CarrierFault.FAILS_BEFORE);
            long before = requests(caller);
            caller.call().dropSocket();
            Poll.until(
                    SOON,
                    () -> requests(caller) >= before + 5,
                    () -> "the stream is asked for again and again: " + caller.history());
            assertTrue(call.destination().isUp() && caller.isUp(), "both are in the call still");
            caller.carrier().faults().clear();
            long mended = System.nanoTime();
            call.destination().hush();
            Poll.until(
                    SOON,
                    () -> caller.call().streams().size() == 2,
                    () -> "a second stream: " + caller.history());
            awaitBothHear(call, mended);
            call.caller().repeat(SLOW.render(ToneWord.W1));
            Scenarios.awaitHeard(call.destination(), mended, ToneWord.V1);
        }
    }

    /// Each says a word again and again, until the other has heard it.
    private static void awaitBothHear(JoinedPair call, long since) {
        call.caller().repeat(SLOW.render(ToneWord.W3));
        call.destination().repeat(SLOW.render(ToneWord.V5));
        Scenarios.awaitHeard(call.destination(), since, ToneWord.W3);
        Scenarios.awaitHeard(call.caller(), since, ToneWord.V5);
        call.caller().hush();
        call.destination().hush();
    }

    @Test
    void both_who_lose_their_connection_at_once_are_released(AsteriskHost host) {
        JoinedPair call = lab.join(1, SOON);
        String connection = connection(host);
        long lost = System.nanoTime();
        twilio(call.caller()).call().dropSocket();
        host.console("channel request hangup " + connection);
        assertReleased(call, lost);
    }

    private static void assertReleased(JoinedPair call, long since) {
        for (PairPhone each : List.of(call.caller(), call.destination())) {
            Scenarios.within(Scenarios.RELEASE, since, each.awaitEnded(SOON), "released");
        }
    }

    @Test
    void a_caller_whose_other_one_loses_the_connection_is_released(AsteriskHost host) {
        JoinedPair call = lab.join(1, SOON);
        String connection = connection(host);
        long lost = System.nanoTime();
        host.console("channel request hangup " + connection);
        assertReleased(call, lost);
        assertEquals(List.of(), Scenarios.roomsOf(call.caller()));
    }

    /// The channel of the sound.
    private static String connection(AsteriskHost host) {
        for (var channel : host.channels()) {
            if (channel.path("name").asText().startsWith("WebSocket/")) {
                return channel.path("name").asText();
            }
        }
        throw new AssertionError("no connection among " + host.channels());
    }

    @Test
    void keys_reach_the_other_and_are_no_words() {
        try (JoinedPair call = lab.join(1, SOON)) {
            for (char key : "15#".toCharArray()) {
                call.caller().press(key);
            }
            call.destination().press('7');
            Poll.until(
                    SOON,
                    () ->
                            call.destination().keys().equals("15#")
                                    && call.caller().keys().equals("7"),
                    () ->
                            "the keys are heard: %s and %s"
                                    .formatted(call.destination().keys(), call.caller().keys()));
            awaitBothHear(call, System.nanoTime());
            assertTrue(
                    call.recognised().stream()
                            .allMatch(said -> List.of("wcc", "vee").containsAll(words(said))),
                    () -> "nothing else is understood: " + call.recognised());
        }
    }

    private static List<String> words(String said) {
        return List.of(said.split(" ", -1));
    }

    @Test
    void both_hang_up_in_the_same_instant() {
        for (int moment : MOMENTS) {
            JoinedPair call = lab.join(1, SOON);
            atOnce(call.caller()::hangUp, call.destination()::hangUp, moment);
            call.caller().awaitEnded(SOON);
            call.destination().awaitEnded(SOON);
            lab.awaitNobodyLeft(SOON);
        }
    }

    @Test
    void an_answer_in_the_instant_in_which_the_caller_gives_up_keeps_nobody() {
        lab.answerWhenTold(1, true);
        try {
            for (int moment : MOMENTS) {
                PairPhone caller = lab.call(1);
                PairPhone rung = lab.awaitRung(1, SOON);
                atOnce(caller::hangUp, rung::answer, moment);
                rung.awaitEnded(SOON);
                lab.awaitNobodyLeft(SOON);
            }
        } finally {
            lab.answerWhenTold(1, false);
        }
    }

    /// Does the second so many milliseconds after the first; before it when that is negative.
    private static void atOnce(Runnable first, Runnable second, int millis) {
        var other = CompletableFuture.runAsync(() -> after(Math.max(0, millis), second));
        after(Math.max(0, -millis), first);
        other.join();
    }

    private static void after(int millis, Runnable action) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
        action.run();
    }

    @Test
    void a_hundred_short_calls_leave_no_thread_no_descriptor_and_no_memory() {
        shortCalls(20);
        ResourceUsage before = ResourceUsage.of(lab.gateway());
        shortCalls(100);
        Poll.until(
                Duration.ofMinutes(2),
                () -> ResourceUsage.of(lab.gateway()).isBackAt(before),
                () -> "all is given back: " + before + ", then " + usage());
        System.out.println("100 short calls: " + before + ", then " + usage());
    }

    private static ResourceUsage usage() {
        return ResourceUsage.of(lab.gateway());
    }

    /// Five at a time, of which one after the other is ended by its caller and by its destination.
    private static void shortCalls(int calls) {
        int atATime = 5;
        for (int i = 0; i < calls; i += atATime) {
            List<PairPhone> left = new ArrayList<>();
            for (int line = 1; line <= atATime; line++) {
                JoinedPair call = lab.join(line, SOON);
                boolean callerEnds = (i / atATime + line) % 2 == 0;
                (callerEnds ? call.caller() : call.destination()).hangUp();
                left.add(callerEnds ? call.destination() : call.caller());
            }
            left.forEach(each -> each.awaitEnded(SOON));
        }
        lab.awaitNobodyLeft(SOON);
        lab.gateway().awaitIdle(SOON);
    }
}
