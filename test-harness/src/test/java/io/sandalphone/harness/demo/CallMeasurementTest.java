package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.demo.CallReport.Utterance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class CallMeasurementTest {
    private static CallReport measured(SyntheticCall call) throws Exception {
        System.out.println("seed " + call.seed);
        return CallMeasurement.measure(call.outcome(), SyntheticCall.synthesizer());
    }

    private static boolean kept(CallReport report, int promise) {
        return Verdict.of(report).criteria().get(promise).judgement() == Verdict.Judgement.KEPT;
    }

    /// Seed, parts per million of drift, and a jump of the delay in milliseconds.
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 0, 20", "3, 0, -20", "4, 0, 200", "6, -300, 0"})
    void levels_and_delays_are_recovered_wherever_the_clocks_stand(
            long seed, double partsPerMillion, int jump) throws Exception {
        SyntheticCall call = new SyntheticCall(seed);
        call.partsPerMillion = partsPerMillion;
        call.jumpMillis = jump;
        System.out.println("seed " + seed);
        CallOutcome outcome = call.outcome();
        CallReport report = CallMeasurement.measure(outcome, SyntheticCall.synthesizer());

        assertTrue(Verdict.of(report).passed(), () -> CallTable.of(report));
        List<Utterance> utterances = report.utterances();
        int ducked = 0;
        for (int i = 0; i < utterances.size(); i++) {
            Utterance u = utterances.get(i);
            assertEquals(u.known().orElse(""), u.said());
            assertEquals(
                    call.delayMillis(outcome, i),
                    (double) u.delay().orElseThrow(),
                    10,
                    "delay of utterance " + i);
            if (u.ducked().isPresent()) {
                ducked++;
                assertEquals(-12.04, u.ducked().getAsDouble(), 0.5, "ducking by " + i);
            }
            if (u.restored().isPresent()) {
                assertEquals(0, u.restored().getAsDouble(), 0.5, "restored after " + i);
            }
        }
        assertTrue(ducked >= 3, "ducking was measured only " + ducked + " times");
        assertEquals(0, report.destination().original().orElseThrow(), 0.5);
    }

    @Test
    void a_translation_that_leaks_at_forty_decibels_below_is_caught() throws Exception {
        SyntheticCall call = new SyntheticCall(11);
        call.leak = 0.01;
        CallReport report = measured(call);
        assertFalse(kept(report, 1));
        assertTrue(report.utterances().stream().allMatch(Utterance::isLeaked));
        assertTrue(kept(report, 0), "the listener hears them all the same");
    }

    @Test
    void a_translation_that_leaks_at_another_time_is_caught_where_it_is_plain() throws Exception {
        SyntheticCall call = new SyntheticCall(11);
        call.leak = 0.25;
        call.leakSecondsLater = 9;
        CallReport report = measured(call);
        assertFalse(kept(report, 1));
    }

    @Test
    void what_resembles_a_translation_for_a_moment_at_another_time_is_no_leak() throws Exception {
        SyntheticCall call = new SyntheticCall(20);
        call.resemblingMillis = 60;
        CallReport report = measured(call);
        assertTrue(kept(report, 1), () -> CallTable.of(report));
    }

    @Test
    void without_a_leak_nothing_comes_near_the_threshold() throws Exception {
        CallReport report = measured(new SyntheticCall(12));
        assertFalse(report.caller().heardTranslation());
        for (Utterance u : report.utterances()) {
            assertTrue(u.leak().orElseThrow().margin() > 6, () -> u.leak().toString());
        }
    }

    @Test
    void a_translation_that_is_never_spoken_is_missed() throws Exception {
        SyntheticCall call = new SyntheticCall(13);
        call.unspoken = 2;
        CallReport report = measured(call);
        assertFalse(report.destination().heardTranslation());
        assertFalse(kept(report, 0));
        assertTrue(report.utterances().get(1).isHeard());
        assertTrue(report.utterances().get(2).heard().isEmpty());
        assertTrue(report.utterances().get(3).isHeard());
    }

    @Test
    void a_translation_that_is_cut_in_its_middle_is_not_heard() throws Exception {
        SyntheticCall call = new SyntheticCall(14);
        call.cut = 1;
        CallReport report = measured(call);
        assertFalse(kept(report, 0));
        assertEquals(0.5, report.utterances().get(1).heard().orElseThrow().fraction(), 0.1);
    }

    @Test
    void a_voice_that_does_not_sink_is_caught_and_its_translation_found() throws Exception {
        SyntheticCall call = new SyntheticCall(15);
        call.duckedTo = 1;
        CallReport report = measured(call);
        assertTrue(kept(report, 0), () -> CallTable.of(report));
        assertFalse(kept(report, 2));
        assertTrue(kept(report, 3));
    }

    @Test
    void a_voice_that_stays_low_after_the_translation_is_caught() throws Exception {
        SyntheticCall call = new SyntheticCall(16);
        call.restores = false;
        CallReport report = measured(call);
        assertTrue(kept(report, 2), () -> CallTable.of(report));
        assertFalse(kept(report, 3));
    }

    @Test
    void a_call_in_which_nothing_was_said_keeps_no_promise_and_breaks_nothing() throws Exception {
        short[] silence = new short[8000];
        Recordings.Phone phone = new Recordings.Phone(silence, silence);
        CallReport report =
                CallMeasurement.measure(
                        new CallOutcome(
                                "failed",
                                "no-answer",
                                DemoCarrier.ASTERISK,
                                "",
                                Providers.OFFLINE,
                                new Recordings(phone, phone),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                new CallOutcome.LeftBehind(0, 0, Optional.empty())),
                        SyntheticCall.synthesizer());
        assertEquals(1, Verdict.of(report).exitCode());
        assertFalse(report.destination().heardTranslation());
    }
}
