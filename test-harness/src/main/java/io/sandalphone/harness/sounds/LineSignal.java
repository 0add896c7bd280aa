package io.sandalphone.harness.sounds;

import io.sandalphone.harness.lab.Project;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// A row of `progress-tones.tsv`: a tone, a beep, a key or a data signal.
///
/// @param kind `tone`, `beep`, `dtmf` or `data`
record LineSignal(String id, SignalPattern pattern, double dbm0, String kind) {
    private static final String TABLE =
            "test-harness/src/test/resources/io/sandalphone/harness/sentences/progress-tones.tsv";

    static List<LineSignal> all() throws IOException {
        return Files.readAllLines(Project.file(TABLE)).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(
                        cells ->
                                new LineSignal(
                                        cells[0],
                                        SignalPattern.of(cells[3]),
                                        Double.parseDouble(cells[4]),
                                        cells[6]))
                .toList();
    }

    static LineSignal of(String id) throws IOException {
        return all().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
    }

    double[] sound(double seconds) {
        return pattern.sound(seconds, dbm0, 1, 1, 0);
    }
}
