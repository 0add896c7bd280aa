package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.Trace.Event;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ProvidersBenchTest {
    private static final long MS = 1_000_000;

    @Test
    void a_message_is_found_on_the_other_side_by_its_key_and_number() {
        List<Event> own = List.of(event("chunk", "0", 0, 10), event("chunk", "1", 0, 11));
        List<Event> fake = List.of(event("chunk", "1", 0, 14), event("chunk", "0", 0, 12));
        assertEquals(
                new OwnTimes(new Distribution(2, 2, 3, 3), 0),
                OwnTimes.ofMessages(own, "chunk", fake, "chunk", 0, 100 * MS));
    }

    @Test
    void a_message_that_never_arrives_is_missing_and_has_no_time() {
        List<Event> own =
                List.of(event("translate", "waa", 0, 10), event("translate", "wbb", 0, 9));
        List<Event> fake = List.of(event("asked", "wbb", 0, 10));
        assertEquals(
                new OwnTimes(new Distribution(1, 1, 1, 1), 1),
                OwnTimes.ofMessages(own, "translate", fake, "asked", 0, 100 * MS));
    }

    @Test
    void what_begins_outside_the_measured_time_does_not_count() {
        List<Event> own = List.of(event("chunk", "0", 0, 9), event("chunk", "0", 1, 21));
        List<Event> fake = List.of(event("chunk", "0", 0, 12));
        assertEquals(
                new OwnTimes(new Distribution(0, 0, 0, 0), 0),
                OwnTimes.ofMessages(own, "chunk", fake, "chunk", 10 * MS, 20 * MS));
    }

    @Test
    void a_transcript_came_of_the_last_turn_told_before_it() {
        List<Event> fake =
                List.of(
                        event("turn", "0", 0, 10),
                        event("turn", "0", 1, 20),
                        event("turn", "1", 0, 21),
                        event("turn", "0", 2, 30));
        List<Event> own = List.of(event("transcript", "0", 0, 22), event("transcript", "0", 1, 33));
        assertEquals(
                new OwnTimes(new Distribution(2, 2, 3, 3), 0),
                OwnTimes.sinceTheLast(fake, "turn", own, "transcript", 0, 100 * MS));
    }

    @Test
    void a_piece_of_a_stream_came_with_the_piece_sent_that_completes_it() {
        List<Event> fake =
                List.of(event("audio", "waa", 4099, 10), event("audio", "waa", 8000, 20));
        List<Event> own =
                List.of(
                        event("spoken", "waa", 2000, 11),
                        event("spoken", "waa", 4099, 12),
                        event("spoken", "waa", 4100, 25),
                        event("spoken", "waa", 8000, 26));
        assertEquals(
                new OwnTimes(new Distribution(4, 2, 6, 6), 0),
                OwnTimes.ofStreams(fake, "audio", own, "spoken", 0, 100 * MS));
    }

    @Test
    void a_provider_costs_what_its_phase_takes_beyond_that_in_which_nothing_is_used() {
        var nothing = report(Phase.NOTHING, 10, 0.5, Map.of("event loops", 0.5));
        var polly = report(Phase.POLLY, 20, 3, Map.of("event loops", 1.5, "JIT compiler", 1.5));
        ProviderCost cost = ProviderCost.of(polly, nothing, 4);
        // 15 % of a core less 5 %, for four calls.
        assertEquals(2.5, cost.cpuPercentPerCall(), 1e-9);
        assertEquals(1500, cost.millisPerCallMinute(), 1e-6);
        assertEquals(0.625, cost.threadsPercentPerCall().getOrDefault("event loops", 0.0), 1e-9);
        assertEquals(1.875, cost.compilerPercentPerCall(), 1e-9);
    }

    @Test
    void the_clients_of_a_few_calls_are_measured() throws Exception {
        ProvidersResult result = new ProvidersBench(8, 2, List.of()).run();
        assertEquals(6, result.times().size());
        assertEquals(result.times().keySet(), result.timesTogether().keySet());
        result.times()
                .forEach((name, own) -> assertTrue(own.times().count() > 0, name + ": " + own));
        assertEquals(Map.of(), result.failures());
        assertTrue(result.table().contains("AssemblyAI, words in"), result.table());
    }

    private static Event event(String what, String key, long count, long millis) {
        return new Event(what, key, count, millis * MS);
    }

    private static PhaseReport report(
            Phase phase, int seconds, double cpuSeconds, Map<String, Double> threads) {
        return new PhaseReport(
                phase, 0, 1000L * seconds * MS, cpuSeconds, threads, 0, Map.of(), List.of());
    }
}
