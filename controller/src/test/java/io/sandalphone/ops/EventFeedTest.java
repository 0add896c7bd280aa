package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.call.CallEvent;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;
import io.sandalphone.web.HttpReference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.Socket;
import java.util.List;

@Timeout(60)
class EventFeedTest {
    private static final CallEvent.Caption CAPTION =
            new CallEvent.Caption(
                    "7f3",
                    Party.CALLER,
                    1,
                    new Language("en"),
                    new Language("es"),
                    "good \"morning\"\nsir",
                    null,
                    new CallEvent.Timing(1000L, 1800L, 1900L, null, null, null),
                    false);
    private static final CallEvent ENDED =
            new CallEvent.Ended("7f3", "completed", "caller-hung-up", 2000);

    @Test
    void watchers_are_told_what_happens_to_calls() throws Exception {
        try (var running = new RunningServer("127.0.0.1", true);
                var events = new WatchedEvents(running)) {
            running.calls.tell(new CallEvent.StateChanged("7f3", "ringing", 500));
            running.calls.tell(CAPTION);
            running.calls.tell(new CallEvent.Spent("7f3", FakeCalls.COSTS, 1500));
            running.calls.tell(ENDED);
            assertEquals(
                    new WatchedEvents.Told(
                            "state", "{\"call\":\"7f3\",\"state\":\"ringing\",\"at_ms\":500}"),
                    events.happening());
            assertEquals(
                    new WatchedEvents.Told(
                            "caption",
                            "{\"call\":\"7f3\",\"lane\":\"caller-to-destination\",\"utterance\":1,"
                                    + "\"source_language\":\"en\",\"target_language\":\"es\","
                                    + "\"said\":\"good \\\"morning\\\"\\nsir\",\"translated\":null,"
                                    + "\"speech_start_ms\":1000,\"speech_end_ms\":1800,"
                                    + "\"committed_ms\":1900,\"first_audio_ms\":null,"
                                    + "\"audio_end_ms\":null,\"spans\":null,\"skipped\":false}"),
                    events.happening());
            assertEquals(
                    new WatchedEvents.Told(
                            "cost",
                            "{\"call\":\"7f3\",\"cost\":{\"amount\":0.000912,\"currency\":\"USD\","
                                + "\"listened_seconds\":12.34,\"translated_characters\":56,"
                                + "\"spoken_characters\":78,\"read_tokens\":90,"
                                + "\"written_tokens\":12,\"capped\":\"per-call\"},\"at_ms\":1500}"),
                    events.happening());
            assertEquals(
                    new WatchedEvents.Told(
                            "ended",
                            "{\"call\":\"7f3\",\"result\":\"completed\","
                                    + "\"reason\":\"caller-hung-up\",\"at_ms\":2000}"),
                    events.happening());
        }
    }

    @Test
    void a_client_gets_all_there_is_first_and_then_what_changes() throws Exception {
        try (var running = new RunningServer("127.0.0.1", false)) {
            running.calls.live.add(FakeCalls.call("7f3", 0));
            try (var events = new WatchedEvents(running)) {
                var first = events.next();
                assertEquals("snapshot", first.name());
                HttpReference.fits("Dashboard", first.data());
                assertEquals(List.of("7f3"), ids(first.json().getJsonArray("sessions")));
                running.calls.live.add(FakeCalls.call("7f4", 5));
                var begun = events.next("session");
                HttpReference.fits("Session", begun.data());
                assertEquals("7f4", begun.json().getString("id"));
                running.calls.live.removeFirst();
                assertEquals("{\"call\":\"7f3\"}", events.next("gone").data());
                // Whoever comes now has the same.
                try (var later = new WatchedEvents(running)) {
                    assertEquals(List.of("7f4"), ids(later.next().json().getJsonArray("sessions")));
                }
            }
        }
    }

    private static List<String> ids(JsonArray sessions) {
        return sessions.stream().map(each -> ((JsonObject) each).getString("id")).toList();
    }

    @Test
    void a_client_who_comes_again_reads_what_was_said_meanwhile() throws Exception {
        try (var running = new RunningServer("127.0.0.1", true)) {
            running.calls.live.add(FakeCalls.call("7f3", 0));
            try (var events = new WatchedEvents(running)) {
                assertEquals("snapshot", events.next().name());
            }
            running.calls.tell(CAPTION);
            try (var again = new WatchedEvents(running)) {
                assertEquals("snapshot", again.next().name());
                assertEquals(text(CAPTION), again.next("caption").data());
            }
            running.calls.tell(ENDED);
            running.calls.live.clear();
            try (var after = new WatchedEvents(running)) {
                assertEquals("snapshot", after.next().name());
                running.calls.tell(new CallEvent.StateChanged("7f4", "dialing", 3000));
                assertEquals("state", after.happening().name());
            }
        }
    }

    @Test
    void each_kind_of_event_is_what_the_http_reference_says() {
        var translation =
                new CallEvent.Translation("7f3", Party.CALLER, false, List.of("synthesis"), 900);
        HttpReference.fits("StateEvent", text(new CallEvent.StateChanged("7f3", "ringing", 500)));
        HttpReference.fits("CostEvent", text(new CallEvent.Spent("7f3", FakeCalls.COSTS, 1500)));
        HttpReference.fits("EndedEvent", text(ENDED));
        HttpReference.fits("TranslationEvent", text(translation));
        HttpReference.fits(
                "InterpretationEvent",
                text(new CallEvent.Interpretation("7f3", Party.CALLER, false, 900)));
        HttpReference.fits("CaptionEvent", text(CAPTION));
        for (CallEvent event : List.of(CAPTION, ENDED, translation)) {
            HttpReference.fits("Event", text(event));
        }
        assertThrows(AssertionError.class, () -> HttpReference.fits("CostEvent", text(ENDED)));
    }

    private static String text(CallEvent event) {
        return Views.event(event).encode();
    }

    @Test
    void words_are_not_told_unless_the_settings_allow_it() throws Exception {
        try (var running = new RunningServer("127.0.0.1", false);
                var events = new WatchedEvents(running)) {
            assertFalse(events.next("snapshot").json().getBoolean("live_captions"));
            running.calls.tell(CAPTION);
            running.calls.tell(ENDED);
            assertEquals("ended", events.happening().name());
            try (var later = new WatchedEvents(running)) {
                running.calls.tell(ENDED);
                assertEquals("ended", later.happening().name());
            }
        }
    }

    @Test
    void watchers_are_told_goodbye_when_the_server_stops() throws Exception {
        try (var running = new RunningServer("127.0.0.1", false);
                var events = new WatchedEvents(running)) {
            assertEquals("snapshot", events.next().name());
            running.stop();
            var last = events.nextOrNone();
            while (last != null) {
                last = events.nextOrNone();
            }
            assertTrue(
                    running.metrics.scrape().contains("sandalphone_events_watchers_clients 0.0"),
                    running.metrics::scrape);
        }
    }

    @Test
    void a_client_who_is_still_being_told_all_there_is_is_not_cut_off() throws Exception {
        try (var running = new RunningServer("127.0.0.1", false)) {
            // More than fits into what the two machines keep between them.
            for (int call = 0; call < 8000; call++) {
                running.calls.live.add(FakeCalls.call("c" + call, call));
            }
            try (var events = new WatchedEvents(running);
                    Socket slow = new RawRequest(running.server.port()).open("GET", "/events")) {
                assertTrue(slow.getInputStream().read() >= 0);
                for (int i = 0; i < 60; i++) {
                    running.calls.tell(ENDED);
                    assertEquals("ended", events.happening().name());
                }
                assertEquals(
                        0,
                        running.metrics
                                .registry()
                                .get("sandalphone.events.watchers.dropped")
                                .counter()
                                .count());
            }
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_off_and_the_others_miss_nothing() throws Exception {
        try (var running = new RunningServer("127.0.0.1", true);
                var events = new WatchedEvents(running);
                Socket deaf = new RawRequest(running.server.port()).open("GET", "/events")) {
            // Its answer has begun, so it watches.
            assertTrue(deaf.getInputStream().read() >= 0);
            Counter dropped =
                    running.metrics.registry().get("sandalphone.events.watchers.dropped").counter();
            for (int utterance = 0; dropped.count() == 0; utterance++) {
                running.calls.tell(longCaption(utterance));
                var told = events.happening();
                assertEquals("caption", told.name());
                assertEquals(utterance, told.json().getInteger("utterance"));
            }
            assertEquals(1, dropped.count());
            assertTrue(
                    running.metrics.scrape().contains("sandalphone_events_watchers_clients 1.0"),
                    running.metrics::scrape);
        }
    }

    private static CallEvent longCaption(int utterance) {
        return new CallEvent.Caption(
                "7f3",
                Party.CALLER,
                utterance,
                new Language("en"),
                new Language("es"),
                "word ".repeat(10_000),
                null,
                new CallEvent.Timing(null, null, null, null, null, null),
                false);
    }
}
