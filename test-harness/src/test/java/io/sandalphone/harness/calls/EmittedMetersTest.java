package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.BOTH_WAYS;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a controller emits after a call is what docs/metrics.md lists.
@RealAsterisk
class EmittedMetersTest {
    private static final Path DOCUMENT = Path.of("../controller/docs/metrics.md");
    private static final Pattern SAMPLE =
            Pattern.compile("(sandalphone_[a-z_]+)(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /// A row of the document. `samples` are the names that its samples may have.
    private record Row(Set<String> samples, Map<String, Set<String>> tags) {
        static Row of(String line) {
            String[] cells = line.split(" \\| ", -1);
            String name = cells[0].replaceAll("[|` ]", "").replace('.', '_');
            String unit = cells[2].isBlank() ? "" : "_" + cells[2].strip();
            if (name.endsWith(unit)) {
                unit = "";
            }
            Set<String> samples =
                    switch (cells[1]) {
                        case "counter" -> Set.of(name + unit + "_total");
                        case "gauge" -> Set.of(name + unit);
                        default -> {
                            String whole = name + unit;
                            yield Set.of(
                                    whole,
                                    whole + "_count",
                                    whole + "_sum",
                                    whole + "_max",
                                    whole + "_bucket");
                        }
                    };
            return new Row(samples, tags(cells[3]));
        }

        private static Map<String, Set<String>> tags(String cell) {
            return Arrays.stream(cell.split("; "))
                    .filter(tag -> !tag.isBlank())
                    .map(tag -> tag.strip().split(": ", 2))
                    .collect(
                            Collectors.toMap(
                                    tag -> tag[0].replace('.', '_'),
                                    tag -> Set.of(tag[1].split(", "))));
        }

        /// Whether a sample may have these labels. `le` and `quantile` are Prometheus' own.
        boolean has(String labels) {
            Matcher label = LABEL.matcher(labels);
            while (label.find()) {
                if (Set.of("le", "quantile").contains(label.group(1))) {
                    continue;
                }
                Set<String> values = tags.getOrDefault(label.group(1), Set.of());
                if (!values.contains("…") && !values.contains(label.group(2))) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void every_sample_after_a_call_is_in_the_document(AsteriskHost host) throws Exception {
        List<Row> rows = rows();
        List<String> unlisted = new ArrayList<>();
        try (var lab = CallLab.open(host, CallLab.tones())) {
            JoinedCall call = lab.join(BOTH_WAYS);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            call.awaitSpoken(ToneWord.W2);
            call.caller().hangUp();
            call.destination().awaitEnded(SOON);
            lab.awaitIdle();
            int samples = 0;
            for (String line : lab.controller().get("/metrics").body().lines().toList()) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches()) {
                    samples++;
                    String labels = Optional.ofNullable(sample.group(2)).orElse("");
                    if (rows.stream()
                            .noneMatch(
                                    row ->
                                            row.samples().contains(sample.group(1))
                                                    && row.has(labels))) {
                        unlisted.add(line);
                    }
                }
            }
            assertTrue(samples > 100, "only " + samples + " samples");
        }
        assertEquals(List.of(), unlisted);
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `sandalphone."))
                .map(Row::of)
                .toList();
    }
}
