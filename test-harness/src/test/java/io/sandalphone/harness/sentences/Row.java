package io.sandalphone.harness.sentences;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One row of a table and what the command made of it. What is wrong is told by the table's own
/// words, never by the code that is tried.
record Row(Map<String, String> cells, JsonNode result) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’]++|,");

    String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    String got(String field) {
        return result.path(field).asText();
    }

    List<String> expected() {
        return List.of(cell("expect").split("\\|", -1));
    }

    boolean isVoiced() {
        return got("verdict").equals("voiced") || got("verdict").equals("repaired");
    }

    /// What is wrong with it, if anything is: the verdict, what is kept, or what is voiced.
    Optional<String> fault() {
        String verdict = got("verdict");
        boolean right =
                expected().contains(verdict)
                        || (verdict.equals("repaired") && expected().contains("voiced"));
        if (!right) {
            return Optional.of("verdict");
        }
        if (!isVoiced()) {
            return Optional.empty();
        }
        if (!keptAsExpected()) {
            return Optional.of("kept");
        }
        return sameButForNotation(cell("translation"), got("voiced")) || new Voiced(this).holdsAll()
                ? Optional.empty()
                : Optional.of("values");
    }

    private boolean keptAsExpected() {
        String expected = cell("kept");
        if (expected.isEmpty()) {
            return cell("kind").equals("sound-answer")
                    || words(got("kept")).equals(words(cell("text")));
        }
        return Arrays.stream(expected.split("\\|", -1)).anyMatch(this::keeps);
    }

    /// Every comma that is expected must be there; others may.
    private boolean keeps(String expected) {
        List<String> kept = words(got("kept"));
        int at = 0;
        for (String word : words(expected)) {
            while (at < kept.size() && kept.get(at).equals(",") && !word.equals(",")) {
                at++;
            }
            if (at >= kept.size() || !kept.get(at).equals(word)) {
                return false;
            }
            at++;
        }
        return kept.subList(at, kept.size()).stream().allMatch(","::equals);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(match -> match.group().replace('’', '\''))
                .toList();
    }

    /// Whether only the marks within numbers differ: the translation of the table is right, so then
    /// what is voiced is.
    private static boolean sameButForNotation(String translation, String voiced) {
        return plain(translation).equals(plain(voiced));
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("(?<=\\d)[,.](?=\\d{3}(?!\\d))", "")
                .replaceAll("(?<=\\d),(?=\\d)", ".")
                .replaceAll("(?<=[ap])\\.\\s?m\\.?", "m")
                .replaceAll("[.\\s]+$", "");
    }
}
