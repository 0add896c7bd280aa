package io.sandalphone.app;

import io.sandalphone.speech.Language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a table of sentences: tab-separated, first the names of the columns, in any order.
final class SentenceTable {
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "from",
                    "to",
                    "text",
                    "detected_language",
                    "confidence",
                    "previous",
                    "echo",
                    "translation");

    private final List<Sentence> sentences = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private SentenceTable() {}

    /// @param from what is spoken where a line does not say, and `to` what is heard
    static SentenceTable read(Reader source, Optional<Language> from, Optional<Language> to)
            throws IOException {
        var table = new SentenceTable();
        try (var lines = new BufferedReader(source)) {
            String header = lines.readLine();
            List<String> names = List.of(header == null ? new String[0] : cells(header));
            names.stream()
                    .filter(name -> !COLUMNS.contains(name))
                    .forEach(name -> table.remarks.add("line 1: unknown column " + name));
            if (!names.contains("text")) {
                throw new IOException("line 1: there is no column text");
            }
            String line;
            for (int number = 2; (line = lines.readLine()) != null; number++) {
                if (line.isBlank()) {
                    table.remarks.add("line " + number + ": empty");
                } else {
                    table.sentences.add(sentence(number, names, cells(line), from, to));
                }
            }
        }
        return table;
    }

    private static String[] cells(String line) {
        return (line.startsWith("\ufeff") ? line.substring(1) : line).split("\t", -1);
    }

    private static Sentence sentence(
            int number,
            List<String> names,
            String[] cells,
            Optional<Language> from,
            Optional<Language> to)
            throws IOException {
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < Math.min(names.size(), cells.length); i++) {
            row.put(names.get(i), cells[i].strip());
        }
        try {
            String confidence = row.getOrDefault("confidence", "");
            return new Sentence(
                    row.getOrDefault("id", ""),
                    language(row, "from").or(() -> from).orElseThrow(),
                    language(row, "to").or(() -> to).orElseThrow(),
                    row.getOrDefault("text", ""),
                    language(row, "detected_language"),
                    confidence.isEmpty() ? 1 : Double.parseDouble(confidence),
                    row.getOrDefault("previous", ""),
                    row.getOrDefault("echo", ""),
                    Optional.of(row.getOrDefault("translation", "")).filter(t -> !t.isEmpty()));
        } catch (RuntimeException wrong) {
            throw new IOException(
                    "line %d: %s"
                            .formatted(
                                    number,
                                    wrong instanceof IllegalArgumentException
                                            ? wrong.getMessage()
                                            : "neither the line nor --from and --to name both"
                                                    + " languages"),
                    wrong);
        }
    }

    private static Optional<Language> language(Map<String, String> row, String column) {
        return Optional.of(row.getOrDefault(column, ""))
                .filter(tag -> !tag.isEmpty())
                .map(Language::new);
    }

    List<Sentence> sentences() {
        return List.copyOf(sentences);
    }

    /// What of the table was passed over, with its line.
    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
