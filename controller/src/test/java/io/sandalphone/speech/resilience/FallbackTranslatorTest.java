package io.sandalphone.speech.resilience;

import static io.sandalphone.speech.resilience.Scripted.fails;
import static io.sandalphone.speech.resilience.Scripted.hangs;
import static io.sandalphone.speech.resilience.Scripted.says;
import static io.sandalphone.speech.resilience.Scripted.saysAfter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

class FallbackTranslatorTest {
    private final Lab lab = new Lab();
    private final Scripted first = new Scripted("first");
    private final Scripted second = new Scripted("second").then(says("second's"));
    private final Translator translator = lab.resilience().translator(List.of(first, second));

    private String translate() throws Exception {
        return translator.translate(Lab.TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatever_kind_the_failure_is_the_next_is_asked(Kind kind) throws Exception {
        first.then(fails(kind));
        assertEquals("second's", translate());
        assertEquals(
                1,
                lab.count(
                        "calls",
                        "first",
                        "outcome",
                        kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        assertEquals(1, lab.count("calls", "second", "outcome", "ok"));
    }

    @Test
    void one_that_breaks_is_a_fault_of_the_provider() throws Exception {
        first.then(
                _ -> {
                    throw new IllegalStateException("broken");
                });
        assertEquals("second's", translate());
        assertEquals(1, lab.count("calls", "first", "outcome", "provider-fault"));
    }

    @Test
    void one_that_takes_too_long_is_interrupted_and_the_next_is_asked() throws Exception {
        first.then(hangs(lab.time));
        assertEquals("second's", translate());
        lab.time.gone();
        assertEquals(1, first.interrupted());
        assertEquals(Duration.ofSeconds(2).toNanos(), lab.time.nanoTime());
        assertEquals(1, lab.count("calls", "first", "outcome", "timeout"));
        assertEquals(0, lab.gauge("abandoned", "first"));
    }

    @Test
    void one_that_heeds_no_interrupt_is_abandoned_and_keeps_its_place() throws Exception {
        var release = new CountDownLatch(1);
        first.then(
                _ -> {
                    lab.time.hangUntil(release);
                    return "far too late";
                });
        assertEquals("second's", translate());
        assertEquals(1, lab.gauge("abandoned", "first"));
        release.countDown();
        lab.time.gone();
        assertEquals(0, lab.gauge("abandoned", "first"));
    }

    @Test
    void one_that_bears_no_more_is_not_asked() throws Exception {
        var release = new CountDownLatch(1);
        var crowded =
                new ResilienceSettings(
                        Lab.SETTINGS.breaker(),
                        new ResilienceSettings.Translation(
                                Duration.ofSeconds(2), 1, Lab.SETTINGS.translation().hedge()),
                        Lab.SETTINGS.synthesis(),
                        Lab.SETTINGS.transcription(),
                        Lab.SETTINGS.direct(),
                        ResilienceSettings.defaults().thinking());
        Translator narrow = lab.resilience(crowded).translator(List.of(first, second));
        first.then(
                _ -> {
                    lab.time.hangUntil(release);
                    return "";
                });
        narrow.translate(Lab.TEXT);
        narrow.translate(Lab.TEXT);
        assertEquals(1, first.asked());
        assertEquals(1, lab.count("refused", "first", "reason", "full"));
        release.countDown();
        lab.time.gone();
    }

    @Test
    void one_that_does_not_know_the_languages_is_not_asked() throws Exception {
        first.unable();
        assertEquals("second's", translate());
        assertEquals(0, first.asked());
    }

    @Test
    void one_whose_breaker_is_open_is_not_asked_until_a_trial_is_due() throws Exception {
        first.then(fails(Kind.CREDENTIALS)).then(says("first's"));
        assertEquals("second's", translate());
        assertEquals("second's", translate());
        assertEquals(1, first.asked());
        assertEquals(1, lab.count("refused", "first", "reason", "open"));
        assertEquals(2, lab.gauge("breaker.state", "first"));
        lab.time.pass(Duration.ofSeconds(11));
        assertEquals("first's", translate());
        assertEquals(0, lab.gauge("breaker.state", "first"));
    }

    @Test
    void what_may_be_thrown_away_is_never_the_trial_and_keeps_nobody_from_it() throws Exception {
        first.then(fails(Kind.CREDENTIALS)).then(says("first's"));
        assertEquals("second's", translate());
        assertTrue(translator.takesSpeculation(), "the second one works");
        lab.time.pass(Duration.ofSeconds(11));
        assertFalse(translator.takesSpeculation(), "a trial is due");
        assertEquals("second's", translator.translate(Lab.SPECULATIVE_TEXT));
        assertEquals(1, first.asked());
        assertEquals("first's", translate());
        assertEquals(0, lab.gauge("breaker.state", "first"));
        assertTrue(translator.takesSpeculation());
        assertEquals("first's", translator.translate(Lab.SPECULATIVE_TEXT));
    }

    @Test
    void odd_texts_that_may_be_thrown_away_open_nothing() throws Exception {
        first.times(20, fails(Kind.REQUEST));
        for (int i = 0; i < 20; i++) {
            assertEquals("second's", translator.translate(Lab.SPECULATIVE_TEXT));
        }
        assertEquals(0, lab.gauge("breaker.state", "first"));
        assertEquals(20, lab.count("calls", "first", "outcome", "request"));
    }

    @Test
    void while_a_trial_is_under_way_nothing_is_asked_that_may_be_thrown_away() throws Exception {
        var release = new CountDownLatch(1);
        Translator alone = lab.resilience().translator(List.of(first));
        first.then(fails(Kind.CREDENTIALS))
                .then(
                        _ -> {
                            release.await();
                            return "first's";
                        });
        assertThrows(SpeechException.class, () -> alone.translate(Lab.TEXT));
        lab.time.pass(Duration.ofSeconds(11));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> trial = executor.submit(() -> alone.translate(Lab.TEXT));
            while (first.asked() < 2) {
                Thread.onSpinWait();
            }
            assertFalse(alone.takesSpeculation());
            assertThrows(SpeechException.class, () -> alone.translate(Lab.SPECULATIVE_TEXT));
            release.countDown();
            assertEquals("first's", trial.get());
        }
        assertEquals(2, first.asked());
        assertEquals(0, lab.gauge("breaker.state", "first"));
    }

    @Test
    void when_all_fail_what_an_operator_must_change_is_told_before_what_passes() {
        first.then(fails(Kind.TIMEOUT));
        var third = new Scripted("third").then(fails(Kind.CREDENTIALS));
        var odd = new Scripted("odd").then(fails(Kind.REQUEST));
        Translator all = lab.resilience().translator(List.of(odd, first, third));
        var failure = assertThrows(SpeechException.class, () -> all.translate(Lab.TEXT));
        assertEquals(Kind.CREDENTIALS, failure.kind());
        assertEquals(2, failure.getSuppressed().length);
    }

    @Test
    void when_all_are_left_alone_it_says_that_nobody_can_be_reached() throws Exception {
        first.then(fails(Kind.QUOTA));
        Translator alone = lab.resilience().translator(List.of(first));
        assertThrows(SpeechException.class, () -> alone.translate(Lab.TEXT));
        var failure = assertThrows(SpeechException.class, () -> alone.translate(Lab.TEXT));
        assertEquals(Kind.UNREACHABLE, failure.kind());
    }

    @Test
    void whoever_stops_waiting_ends_the_attempt_and_blames_nobody() throws Exception {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        first.then(
                _ -> {
                    asked.countDown();
                    never.await();
                    return "";
                });
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> assertThrows(InterruptedException.class, this::translate));
        asked.await();
        caller.interrupt();
        caller.join();
        lab.time.gone();
        assertEquals(1, first.interrupted());
        assertEquals(0, second.asked());
        assertEquals(1, lab.count("calls", "first", "outcome", "unjudged"));
    }

    private void usually(Duration latency) throws Exception {
        first.times(3, saysAfter(lab.time, latency, "usual"));
        for (int i = 0; i < 3; i++) {
            assertEquals("usual", translate());
        }
    }

    @Test
    void what_takes_longer_than_usual_is_asked_once_more_and_the_first_answer_counts()
            throws Exception {
        usually(Duration.ofMillis(300));
        first.then(hangs(lab.time)).then(says("hedged"));
        long before = lab.time.nanoTime();
        assertEquals("hedged", translate());
        lab.time.gone();
        assertEquals(Duration.ofMillis(300).toNanos(), lab.time.nanoTime() - before);
        assertEquals(5, first.asked());
        assertEquals(1, first.interrupted());
        assertEquals(1, lab.count("hedges", "first"));
        assertEquals(1, lab.count("hedges.won", "first"));
        assertEquals(0, second.asked());
    }

    @Test
    void it_is_asked_once_more_at_most_and_both_are_one_failure() throws Exception {
        usually(Duration.ofMillis(300));
        first.then(hangs(lab.time)).then(hangs(lab.time));
        assertEquals("second's", translate());
        lab.time.gone();
        assertEquals(5, first.asked());
        assertEquals(2, first.interrupted());
        assertEquals(1, lab.count("calls", "first", "outcome", "timeout"));
        assertEquals(1, lab.count("calls", "first", "outcome", "unjudged"));
    }

    @Test
    void a_provider_that_said_too_much_is_not_asked_twice_for_a_while() throws Exception {
        usually(Duration.ofMillis(300));
        first.then(fails(Kind.OVERLOADED)).then(hangs(lab.time)).then(says("hedged"));
        assertEquals("second's", translate());
        assertEquals("second's", translate());
        assertEquals(0, lab.count("hedges", "first"));
    }

    @Test
    void a_provider_on_trial_is_not_asked_twice() throws Exception {
        usually(Duration.ofMillis(300));
        first.then(fails(Kind.CREDENTIALS)).then(hangs(lab.time));
        assertEquals("second's", translate());
        lab.time.pass(Duration.ofSeconds(11));
        assertEquals("second's", translate());
        assertEquals(5, first.asked());
        assertEquals(0, lab.count("hedges", "first"));
    }

    @Test
    void it_is_well_while_one_of_its_providers_is_and_says_what_ails_all_of_them() {
        var sick = new Scripted("sick").ailing("no package");
        var well = new Scripted("well");
        Translator one = lab.resilience().translator(List.of(sick, well));
        assertEquals(Optional.empty(), one.unavailableReason());
        assertEquals("sick>well", one.name());
        var sicker = new Scripted("sicker").ailing("no key");
        assertEquals(
                Optional.of("sick: no package; sicker: no key"),
                lab.resilience().translator(List.of(sick, sicker)).unavailableReason());
    }

    @Test
    void what_is_left_alone_is_an_ailment_until_a_trial_is_due() throws Exception {
        first.then(fails(Kind.QUOTA));
        Translator alone = lab.resilience().translator(List.of(first));
        assertThrows(SpeechException.class, () -> alone.translate(Lab.TEXT));
        assertTrue(alone.unavailableReason().isPresent());
        lab.time.pass(Duration.ofSeconds(11));
        assertFalse(alone.unavailableReason().isPresent());
    }

    @Test
    void two_hundred_calls_at_once_through_a_flapping_provider_leave_nothing_behind()
            throws Exception {
        var turns = new AtomicInteger();
        var flapping =
                new Scripted("flapping")
                        .then(
                                _ ->
                                        switch (turns.incrementAndGet() % 4) {
                                            case 0 -> throw new SpeechException(Kind.TIMEOUT, "");
                                            case 1 -> throw new IllegalStateException();
                                            default -> "flapping's";
                                        });
        var flappingGuard = guard(flapping);
        var steadyGuard = guard(second);
        var both =
                new FallbackTranslator(
                        List.of(flappingGuard, steadyGuard), Lab.SETTINGS.translation(), lab.time);
        var together = new Phaser(200);
        Callable<String> one =
                () -> {
                    together.arriveAndAwaitAdvance();
                    return both.translate(Lab.TEXT);
                };
        List<Future<String>> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                answers.add(callers.submit(one));
            }
        }
        for (Future<String> answer : answers) {
            assertTrue(List.of("flapping's", "second's").contains(answer.get()));
        }
        lab.time.gone();
        assertEquals(200, flappingGuard.free());
        assertEquals(200, steadyGuard.free());
        assertEquals(0, lab.gauge("abandoned", "flapping"));
    }

    private ProviderGate<Translator> guard(Scripted provider) {
        return new ProviderGate<>(
                provider,
                "translator",
                Lab.SETTINGS.breaker(),
                200,
                lab.time,
                ResilienceMeters.register(lab.meters));
    }
}
