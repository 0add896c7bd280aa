package io.sandalphone.harness.sentences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Holds the command against sentences of which somebody else has said what must arrive. Prints how many
/// of each kind do not, so that a step's gain shows.
class SentencesTest {
    @TempDir private Path folder;

    @Test
    void a_correct_translation_is_voiced_with_its_values() throws Exception {
        List<Row> rows = Tables.run(Tables.read("sentences.tsv"), folder);
        report("sentences.tsv", rows);
        assertTrue(faults(rows, "values") == 0, "values");
        assertTrue(faults(rows, "verdict") <= 2, "verdicts");
        assertTrue(faults(rows, "kept") == 0, "kept");
    }

    @Test
    void a_wrong_tag_in_doubt_changes_nothing() throws Exception {
        List<Map<String, String>> tagged =
                Tables.read("sentences.tsv").stream()
                        .filter(row -> row.getOrDefault("expect", "").equals("voiced"))
                        .map(SentencesTest::wronglyTagged)
                        .toList();
        List<Row> rows = Tables.run(tagged, folder);
        report("sentences.tsv, tagged wrongly", rows);
        assertEquals(
                0, rows.stream().filter(row -> row.got("verdict").equals("same-language")).count());
    }

    private static Map<String, String> wronglyTagged(Map<String, String> row) {
        Map<String, String> tagged = new LinkedHashMap<>(row);
        tagged.put("detected_language", row.getOrDefault("to", ""));
        tagged.put("confidence", "0.31");
        return tagged;
    }

    @Test
    void a_wrong_translation_is_not_voiced() throws Exception {
        List<Row> rows = Tables.run(Tables.read("wrong-translations.tsv"), folder);
        report("wrong-translations.tsv", rows);
        assertEquals(0, faults(rows, "verdict"));
    }

    @Test
    void an_answer_is_heard_and_an_echo_is_not() throws Exception {
        List<Row> rows = Tables.run(Tables.read("echoes.tsv"), folder);
        report("echoes.tsv", rows);
        assertEquals(0, faults(rows, "verdict"));
    }

    private static long faults(List<Row> rows, String fault) {
        return rows.stream().filter(row -> row.fault().orElse("").equals(fault)).count();
    }

    private static void report(String table, List<Row> rows) {
        Map<String, Map<String, Integer>> kinds = new TreeMap<>();
        for (Row row : rows) {
            Map<String, Integer> kind =
                    kinds.computeIfAbsent(row.cell("kind"), _ -> new TreeMap<>());
            kind.merge("rows", 1, Integer::sum);
            row.fault()
                    .ifPresent(
                            fault -> {
                                kind.merge(fault, 1, Integer::sum);
                                System.out.printf(
                                        "%s %s: %s [%s: %s] kept <%s> voiced <%s>%n",
                                        fault,
                                        row.cell("id"),
                                        row.cell("text"),
                                        row.got("verdict"),
                                        row.got("reason"),
                                        row.got("kept"),
                                        row.got("voiced"));
                            });
        }
        System.out.println(table);
        int all = 0;
        int wrong = 0;
        for (Map.Entry<String, Map<String, Integer>> kind : kinds.entrySet()) {
            int rowsOfKind = kind.getValue().getOrDefault("rows", 0);
            int wrongOfKind =
                    kind.getValue().values().stream().mapToInt(Integer::intValue).sum()
                            - rowsOfKind;
            all += rowsOfKind;
            wrong += wrongOfKind;
            if (wrongOfKind > 0) {
                System.out.printf("  %-20s %s%n", kind.getKey(), kind.getValue());
            }
        }
        System.out.printf("  %d of %d rows are not as they should be%n", wrong, all);
    }
}
