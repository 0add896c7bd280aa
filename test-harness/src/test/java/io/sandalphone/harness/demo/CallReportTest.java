package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.demo.CallReport.Times;
import io.sandalphone.harness.demo.CallReport.Utterance;
import io.sandalphone.harness.measure.Listening;
import io.sandalphone.harness.measure.Span;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

class CallReportTest {
    private static final UtteranceSpans SPANS = spans(900);

    private static UtteranceSpans spans(long sounding) {
        Map<String, Long> durations = new LinkedHashMap<>();
        durations.put("speaking_ms", 1500L);
        durations.put("recognition_ms", 400L);
        durations.put("waiting_ms", 400L);
        durations.put("sounding_ms", sounding);
        return new UtteranceSpans(Map.of("committed_ms", 1900L, "last_frame_ms", 3200L), durations);
    }

    @Test
    void spans_that_do_not_add_up_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> spans(901));
    }

    private static final String HOSTILE =
            "</script><img src=x onerror=\"alert('1')\">\u001b[31m & <b>";

    private static Utterance utterance(String said, String translated) {
        return new Utterance(
                Party.CALLER,
                SyntheticCall.EN,
                SyntheticCall.ES,
                said,
                translated,
                Optional.of("please try again"),
                OptionalDouble.of(1 / 3.0),
                new Times(
                        OptionalLong.of(1000),
                        OptionalLong.of(2500),
                        OptionalLong.of(2900),
                        OptionalLong.of(3300),
                        OptionalLong.of(4200)),
                Optional.of(new Listening.Heard(new Span(0, 8), new Span(0, 8), 1, 0)),
                Optional.of(new Listening.Leak(0.02, 0.2, -70)),
                OptionalDouble.of(-12.1),
                OptionalDouble.of(0.04),
                Optional.of(SPANS));
    }

    private static CallReport report(List<Utterance> utterances, int channels) {
        return report(utterances, Providers.OFFLINE, channels, Optional.empty());
    }

    private static CallReport report(
            List<Utterance> utterances,
            Providers providers,
            int channels,
            Optional<CallOutcome.Sessions> sessions) {
        CallReport.Side side =
                new CallReport.Side(
                        true,
                        0,
                        1000,
                        OptionalDouble.of(0),
                        OptionalDouble.of(-12.1),
                        OptionalDouble.of(0),
                        List.of(new CallReport.Level(0, -12)));
        return new CallReport(
                "completed",
                "caller-hung-up",
                DemoCarrier.ASTERISK,
                "22.10.1",
                providers,
                utterances,
                side,
                new CallReport.Side(
                        false,
                        0,
                        1000,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of()),
                Optional.of(
                        new CostReport(
                                new BigDecimal("0.0125"),
                                "USD",
                                new BigDecimal("12.34"),
                                56,
                                78,
                                "per-call")),
                new CallOutcome.LeftBehind(channels, 0, sessions),
                Map.of(Party.CALLER, 1 / 3.0));
    }

    private static Recordings silence() {
        Recordings.Phone phone = new Recordings.Phone(new short[8000], new short[8000]);
        return new Recordings(phone, phone);
    }

    @Test
    void call_json_has_the_shape_that_others_read(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("call.json");
        CallJson.write(file, report(List.of(utterance("police try again", "pruebe")), 0));
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
        assertEquals("completed", json.at("/result").asText());
        assertEquals("caller-hung-up", json.at("/reason").asText());
        assertEquals("asterisk", json.at("/carrier").asText());
        assertEquals("22.10.1", json.at("/asterisk_version").asText());
        assertEquals(
                new ObjectMapper()
                        .readTree(
                                """
                                {"amount": 0.0125, "currency": "USD", "listened_seconds": 12.34,
                                "translated_characters": 56, "spoken_characters": 78,
                                "capped": "per-call"}\
                                """),
                json.at("/cost"));
        JsonNode utterance = json.at("/utterances/0");
        assertEquals("caller-to-destination", utterance.at("/lane").asText());
        assertEquals("en", utterance.at("/source_language").asText());
        assertEquals("es", utterance.at("/target_language").asText());
        assertEquals("police try again", utterance.at("/said").asText());
        assertEquals("pruebe", utterance.at("/translated").asText());
        assertEquals(1000, utterance.at("/speech_start_ms").asInt());
        assertEquals(2500, utterance.at("/speech_end_ms").asInt());
        assertEquals(2900, utterance.at("/committed_ms").asInt());
        assertEquals(3300, utterance.at("/first_audio_ms").asInt());
        assertEquals(4200, utterance.at("/audio_end_ms").asInt());
        assertEquals(1900, utterance.at("/spans/committed_ms").asInt());
        assertEquals(400, utterance.at("/spans/durations/recognition_ms").asInt());
        assertEquals(0.333, utterance.at("/word_error_rate").asDouble());
        assertEquals(20, utterance.at("/heard_by_speaker/margin_db").asDouble());
        assertTrue(json.at("/destination/heard_translation").asBoolean());
        assertEquals(0, json.at("/destination/original_level_db").asDouble());
        assertEquals(-12.1, json.at("/destination/ducked_level_db").asDouble());
        assertFalse(json.at("/caller/heard_translation").asBoolean(true));
        assertEquals(0, json.at("/left_behind/channels").asInt(1));
        assertEquals(0, json.at("/left_behind/bridges").asInt(1));
        assertTrue(json.at("/passed").asBoolean());
    }

    @Test
    void what_asterisk_still_has_fails_the_call() {
        assertEquals(0, Verdict.of(report(List.of(utterance("a", "b")), 0)).exitCode());
        assertEquals(1, Verdict.of(report(List.of(utterance("a", "b")), 1)).exitCode());
    }

    @Test
    void call_json_says_who_interpreted_and_what_the_recognizer_has_left(@TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("call.json");
        CallJson.write(file, cloudReport(2, 1));
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
        assertEquals("cloud-fakes", json.at("/providers").asText());
        assertEquals("assemblyai", json.at("/engines/transcriber").asText());
        assertEquals("google", json.at("/engines/translator").asText());
        assertEquals("polly", json.at("/engines/synthesizer").asText());
        assertTrue(json.at("/example_prices").asBoolean());
        assertEquals(2, json.at("/left_behind/recognizer_sessions/opened").asInt());
        assertEquals(1, json.at("/left_behind/recognizer_sessions/terminated").asInt());
    }

    private static CallReport cloudReport(int opened, int terminated) {
        return report(
                List.of(utterance("a", "b")),
                Providers.CLOUD_FAKES,
                0,
                Optional.of(new CallOutcome.Sessions(opened, terminated)));
    }

    @Test
    void a_session_that_nobody_ended_fails_the_call() {
        assertEquals(0, Verdict.of(cloudReport(2, 2)).exitCode());
        assertEquals(1, Verdict.of(cloudReport(2, 1)).exitCode());
    }

    @Test
    void a_recognizer_that_nobody_spoke_with_fails_the_call() {
        assertEquals(1, Verdict.of(cloudReport(0, 0)).exitCode());
    }

    @Test
    void table_and_page_say_which_engines_were_used_and_what_they_cost() {
        String engines =
                "Engines (cloud-fakes): assemblyai heard (a fake: it knows the words, where the"
                        + " demo does, and tells each when it was said), google translated, polly"
                        + " spoke";
        String cost =
                "Cost 0.0125 USD by example prices: 12.34 s listened, 56 characters translated, 78"
                        + " spoken";
        String table = CallTable.of(cloudReport(1, 1));
        assertTrue(table.contains(engines + "\n" + cost + "\n"), table);
        String page = CallPage.of(cloudReport(1, 1), silence());
        assertTrue(page.contains(engines + ". " + cost + "."), page);
    }

    @Test
    void what_could_not_be_measured_breaks_no_promise_and_is_not_called_kept(@TempDir Path folder)
            throws Exception {
        Utterance measured = utterance("a", "b");
        Utterance last =
                new Utterance(
                        measured.speaker(),
                        measured.source(),
                        measured.target(),
                        measured.said(),
                        measured.translated(),
                        measured.known(),
                        measured.wordErrorRate(),
                        measured.times(),
                        measured.heard(),
                        measured.leak(),
                        measured.ducked(),
                        OptionalDouble.empty(),
                        Optional.empty());
        CallReport report = report(List.of(last), 0);
        assertEquals(0, Verdict.of(report).exitCode());
        String line =
                CallTable.of(report)
                        .lines()
                        .filter(each -> each.contains("came back"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(line.startsWith("–"), line);
        assertTrue(line.endsWith("not measured: nobody spoke there"), line);
        Path file = folder.resolve("call.json");
        CallJson.write(file, report);
        JsonNode promises = new ObjectMapper().readTree(Files.readAllBytes(file)).at("/promises");
        assertTrue(promises.get(3).get("kept").isNull(), promises.toString());
        assertTrue(
                CallPage.of(report, silence())
                        .contains("Every promise that could be measured was kept"));
    }

    @Test
    void a_call_without_a_translation_fails() {
        assertEquals(1, Verdict.of(report(List.of(utterance("a", "")), 0)).exitCode());
        assertEquals(1, Verdict.of(report(List.of(), 0)).exitCode());
    }

    @Test
    void words_never_become_markup() {
        String page = CallPage.of(report(List.of(utterance(HOSTILE, HOSTILE)), 0), silence());
        assertFalse(page.contains("<img"), page);
        assertFalse(page.contains("onerror=\""), page);
        assertFalse(page.contains("\u001b"));
        assertEquals(1, page.split("</script>", -1).length - 1);
        assertTrue(page.contains("&lt;/script&gt;&lt;img src=x onerror=&quot;"));
    }

    @Test
    void words_never_command_the_terminal() {
        String table = CallTable.of(report(List.of(utterance(HOSTILE, HOSTILE)), 0));
        assertFalse(table.contains("\u001b"), table);
        assertTrue(table.contains("1.50 s") || table.contains("0.80 s"), table);
    }

    @Test
    void the_page_asks_nothing_of_the_network() {
        String page = CallPage.of(report(List.of(utterance("a", "b")), 0), silence());
        assertFalse(page.matches("(?s).*(https?:)?//[a-z0-9].*"), "an address in the page");
        assertTrue(page.contains("default-src 'none'"));
    }
}
