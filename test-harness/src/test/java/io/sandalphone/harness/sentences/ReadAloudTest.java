package io.sandalphone.harness.sentences;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpokenSpan;
import io.sandalphone.speech.text.aloud.ReadAloud;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Holds what a voice is told against a table of what it would read wrong by itself.
class ReadAloudTest {
    private static final Pattern EXPECTED = Pattern.compile("\\[(.+?)]=([a-z|]+)(?:; |$)");

    /// Whose word after a number may be left to the voice.
    private static final Set<String> MAY_STOP_AT_THE_NUMBER =
            Set.of("currency", "unit", "cardinal");

    @Test
    void each_part_is_read_as_it_must_be_and_no_other_digit_is() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : Tables.read("read-aloud.tsv")) {
            String text = row.getOrDefault("text", "");
            List<SpokenSpan> spans =
                    ReadAloud.spans(text, new Language(row.getOrDefault("language", "")));
            if (!holds(text, row.getOrDefault("spans", ""), spans)) {
                wrong.add(
                        "%s: %s, not %s"
                                .formatted(
                                        row.get("id"),
                                        spans.stream().map(span -> told(text, span)).toList(),
                                        row.get("spans")));
            }
        }
        assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
    }

    private static String told(String text, SpokenSpan span) {
        return "[" + text.substring(span.start(), span.end()) + "]=" + ReadAloud.name(span.as());
    }

    private static boolean holds(String text, String expected, List<SpokenSpan> spans) {
        List<SpokenSpan> left = new ArrayList<>(spans);
        int from = 0;
        for (MatchResult match : EXPECTED.matcher(expected).results().toList()) {
            String part = match.group(1);
            int start = text.indexOf(part, from);
            int end = start + part.length();
            from = end;
            List<String> kinds = List.of(match.group(2).split("\\|", -1));
            List<SpokenSpan> there =
                    left.stream().filter(span -> span.start() < end && start < span.end()).toList();
            left.removeAll(there);
            boolean met =
                    there.isEmpty()
                            ? kinds.contains("plain")
                            : there.stream()
                                    .anyMatch(
                                            span ->
                                                    kinds.contains(ReadAloud.name(span.as()))
                                                            && covers(text, span, start, end));
            boolean plainDigits = kinds.contains("plain") && there.size() > 1;
            if (!met && !plainDigits) {
                return false;
            }
        }
        return left.stream()
                .noneMatch(
                        span ->
                                text.substring(span.start(), span.end())
                                        .chars()
                                        .anyMatch(Character::isDigit));
    }

    private static boolean covers(String text, SpokenSpan span, int start, int end) {
        String part = text.substring(start, end);
        int needed = end;
        if (MAY_STOP_AT_THE_NUMBER.contains(ReadAloud.name(span.as()))) {
            needed = start;
            for (int i = 0; i < part.length(); i++) {
                needed = Character.isDigit(part.charAt(i)) ? start + i + 1 : needed;
            }
        }
        while (needed > start && !Character.isLetterOrDigit(text.charAt(needed - 1))) {
            needed--;
        }
        return span.start() <= start && span.end() >= needed;
    }
}
