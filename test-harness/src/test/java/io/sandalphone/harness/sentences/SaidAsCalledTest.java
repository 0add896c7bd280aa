package io.sandalphone.harness.sentences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.text.aloud.ReadAloud;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a call voices is what `scripts/say` prints for the same final transcript: some sentences of each
/// kind of the tables go through both.
class SaidAsCalledTest {
    private static final int OF_A_KIND = 8;

    @TempDir private Path folder;

    @Test
    void a_call_voices_what_the_command_prints() throws Exception {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String table : List.of("sentences.tsv", "wrong-translations.tsv", "echoes.tsv")) {
            rows.addAll(someOfEachKind(Tables.read(table)));
        }
        Map<String, Integer> verdicts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (Row row : Tables.run(rows, folder)) {
            verdicts.merge(row.got("verdict"), 1, Integer::sum);
            SentenceCall.Outcome printed = printed(row);
            SentenceCall.Outcome called = called(row);
            if (!printed.equals(called)) {
                differences.add(
                        "%s: printed %s, called %s".formatted(row.cell("id"), printed, called));
            }
        }
        System.out.println("verdicts " + verdicts);
        assertEquals(List.of(), differences);
        assertEquals(
                Set.of("voiced", "repaired", "same-language", "filler", "echo", "refused"),
                verdicts.keySet());
    }

    /// Evenly out of each kind.
    private static List<Map<String, String>> someOfEachKind(List<Map<String, String>> rows) {
        Map<String, List<Map<String, String>>> kinds = new LinkedHashMap<>();
        rows.forEach(
                row ->
                        kinds.computeIfAbsent(row.getOrDefault("kind", ""), _ -> new ArrayList<>())
                                .add(row));
        List<Map<String, String>> some = new ArrayList<>();
        for (List<Map<String, String>> kind : kinds.values()) {
            int taken = Math.min(OF_A_KIND, kind.size());
            for (int i = 0; i < taken; i++) {
                some.add(kind.get(i * kind.size() / taken));
            }
        }
        return some;
    }

    private static SentenceCall.Outcome printed(Row row) {
        String voiced = row.got("voiced");
        return new SentenceCall.Outcome(row.got("sent"), voiced, toldOf(row, voiced));
    }

    /// What the voice is given where what the command prints as `spans` is read in its own way, and
    /// nothing else.
    private static String toldOf(Row row, String voiced) {
        String told = ReadAloud.inWords(voiced, new Language(row.got("to")));
        var pattern = new StringBuilder();
        int at = 0;
        for (JsonNode span : row.result().path("spans")) {
            int start = voiced.indexOf(span.path("text").asText(), at);
            pattern.append(Pattern.quote(voiced.substring(at, start))).append("(.+)");
            at = start + span.path("text").asText().length();
        }
        pattern.append(Pattern.quote(voiced.substring(at)));
        assertTrue(
                told.matches(pattern.toString()),
                () -> row.cell("id") + ": " + told + " beside " + row.result());
        return told;
    }

    private static SentenceCall.Outcome called(Row row) {
        Language from = new Language(row.got("from"));
        Language to = new Language(row.got("to"));
        Optional<Language> noticed =
                Optional.of(row.cell("detected_language"))
                        .filter(tag -> !tag.isEmpty() && sure(row.cell("confidence")))
                        .map(Language::new);
        try (var call = new SentenceCall(from, to, Map.of(row.got("sent"), row.got("answer")))) {
            return row.cell("echo").equals("match")
                    ? call.sayBehindEcho(row.cell("previous"), row.cell("text"), noticed)
                    : call.say(row.cell("text"), noticed);
        }
    }

    private static boolean sure(String confidence) {
        return confidence.isEmpty() || Double.parseDouble(confidence) >= TranscriptEvent.SURE;
    }
}
