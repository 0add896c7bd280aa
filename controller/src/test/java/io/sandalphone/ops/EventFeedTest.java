package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.call.CallEvent;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;
import io.sandalphone.web.HttpReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
                var events = watch(running)) {
            running.calls.tell(new CallEvent.StateChanged("7f3", "ringing", 500));
            running.calls.tell(CAPTION);
            running.calls.tell(new CallEvent.Spent("7f3", FakeCalls.COSTS, 1500));
            running.calls.tell(ENDED);
            assertEquals("event: state", events.readLine());
            assertEquals(
                    "data: {\"call\":\"7f3\",\"state\":\"ringing\",\"at_ms\":500}",
                    events.readLine());
            assertEquals("", events.readLine());
            assertEquals("event: caption", events.readLine());
            assertEquals(
                    "data: {\"call\":\"7f3\",\"lane\":\"caller-to-destination\",\"utterance\":1,"
                            + "\"source_language\":\"en\",\"target_language\":\"es\","
                            + "\"said\":\"good \\\"morning\\\"\\nsir\",\"translated\":null,"
                            + "\"speech_start_ms\":1000,\"speech_end_ms\":1800,"
                            + "\"committed_ms\":1900,\"first_audio_ms\":null,"
                            + "\"audio_end_ms\":null,\"spans\":null,\"skipped\":false}",
                    events.readLine());
            assertEquals("", events.readLine());
            assertEquals("event: cost", events.readLine());
            assertEquals(
                    "data: {\"call\":\"7f3\",\"cost\":{\"amount\":0.000912,\"currency\":\"USD\","
                            + "\"listened_seconds\":12.34,\"translated_characters\":56,"
                            + "\"spoken_characters\":78,\"read_tokens\":90,"
                            + "\"written_tokens\":12,\"capped\":\"per-call\"},\"at_ms\":1500}",
                    events.readLine());
            assertEquals("", events.readLine());
            assertEquals("event: ended", events.readLine());
            assertEquals(
                    "data: {\"call\":\"7f3\",\"result\":\"completed\","
                            + "\"reason\":\"caller-hung-up\",\"at_ms\":2000}",
                    events.readLine());
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
                var events = watch(running)) {
            running.calls.tell(CAPTION);
            running.calls.tell(ENDED);
            assertEquals("event: ended", events.readLine());
        }
    }

    @Test
    void watchers_are_told_goodbye_when_the_server_stops() throws Exception {
        var running = new RunningServer("127.0.0.1", false);
        try (var events = watch(running)) {
            running.close();
            assertNull(events.readLine());
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_off_and_the_others_miss_nothing() throws Exception {
        try (var running = new RunningServer("127.0.0.1", true);
                var events = watch(running);
                Socket deaf = new RawRequest(running.server.port()).open("GET", "/events")) {
            // Its answer has begun, so it watches.
            assertTrue(deaf.getInputStream().read() >= 0);
            Counter dropped =
                    running.metrics.registry().get("sandalphone.events.watchers.dropped").counter();
            for (int utterance = 0; dropped.count() == 0; utterance++) {
                running.calls.tell(longCaption(utterance));
                assertEquals("event: caption", events.readLine());
                String data = events.readLine();
                assertTrue(data.contains("\"utterance\":" + utterance + ","), data);
                assertEquals("", events.readLine());
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

    /// A client that is known to watch, with what it is told from then on.
    private static BufferedReader watch(RunningServer running) throws Exception {
        HttpResponse<java.io.InputStream> response =
                running.client.send(
                        HttpRequest.newBuilder(running.uri("/events"))
                                .header("Authorization", "Bearer " + RunningServer.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
        var events =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertEquals(": watching", events.readLine());
        assertEquals("", events.readLine());
        return events;
    }
}
