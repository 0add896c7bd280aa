package io.sandalphone.harness.sentences;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.app.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tables of sentences, run through the command that operators try sentences with.
final class Tables {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Tables() {}

    static List<Map<String, String>> read(String name) throws IOException {
        List<String> lines = Files.readAllLines(path(name));
        String[] columns = lines.getFirst().split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], i < cells.length ? cells[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }

    private static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Tables.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the command says about each of `rows`, which go to it as a table in `folder`.
    static List<Row> run(List<Map<String, String>> rows, Path folder) throws IOException {
        List<String> columns = List.copyOf(rows.getFirst().keySet());
        List<String> lines = new ArrayList<>(List.of(String.join("\t", columns)));
        rows.forEach(row -> lines.add(String.join("\t", columns.stream().map(row::get).toList())));
        Path table = Files.write(folder.resolve("table.tsv"), lines);
        var out = new StringWriter();
        var err = new StringWriter();
        int code =
                Main.run(
                        Map.of(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "say",
                        "--json",
                        "--file",
                        table.toString());
        if (code != 0) {
            throw new IOException("exit code " + code + ": " + err);
        }
        List<String> results = out.toString().lines().toList();
        List<Row> judged = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            judged.add(new Row(rows.get(i), JSON.readTree(results.get(i))));
        }
        return judged;
    }
}
