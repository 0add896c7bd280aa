package io.sandalphone.harness.bench;

import io.sandalphone.harness.controller.ControllerProcess;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The samples of one reading of the controller's `/metrics`.
record Counters(Map<String, Double> samples) {
    /// What is dropped, late, repeated, mended or given up: nothing of it is expected while calls just
    /// go on.
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "sandalphone_("
                            + "rtp_(dropped|lost|reordered|source_restarts|send_failed|skipped"
                            + "|underruns|faults)"
                            + "|lane_utterances_total\\{outcome=\"(?!spoken).*"
                            + "|utterances_(clicks|capped)"
                            + "|text_echoes|overlay_|call_audio_lost|ari_listener_faults"
                            + "|stream_(received_|unsent|marks_|refused)"
                            + "|bus_(concealed|starved|dropped|ticks_skipped|faults|audio_lost)"
                            + ").*");

    /// What the controller says now.
    static Counters of(ControllerProcess controller) {
        return parse(controller.get("/metrics").body());
    }

    static Counters parse(String page) {
        return new Counters(
                page.lines()
                        .filter(line -> !line.startsWith("#") && line.contains(" "))
                        .collect(
                                Collectors.toMap(
                                        line -> line.substring(0, line.lastIndexOf(' ')),
                                        line ->
                                                Double.parseDouble(
                                                        line.substring(
                                                                line.lastIndexOf(' ') + 1)))));
    }

    /// The sum of the samples whose names begin so.
    double sum(String prefix) {
        return samples.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// The troubles that came since `earlier`, by sample.
    Map<String, Double> troublesSince(Counters earlier) {
        var troubles = new TreeMap<String, Double>();
        samples.forEach(
                (name, value) -> {
                    double grown = value - earlier.samples.getOrDefault(name, 0.0);
                    if (grown > 0 && TROUBLE.matcher(name).matches()) {
                        troubles.put(name, grown);
                    }
                });
        return troubles;
    }
}
