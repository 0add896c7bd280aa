package io.sandalphone.harness.calls;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Who heard what in a call: every source of sound, known by its words, against everybody who
/// listens. A source reaches a phone if the phone heard all its words, and stays away from it if
/// not one of them was louder than [ToneDetector#LEAK_BOUND]; what is between is neither.
final class PrivacyMatrix {
    enum Verdict {
        HEARD,
        NOTHING,
        NEITHER
    }

    private record Cell(Verdict verdict, String measured) {}

    private final JoinedCall call;
    private final Heard callerHeard;
    private final Heard destinationHeard;
    private final Map<String, List<Cell>> rows = new LinkedHashMap<>();

    PrivacyMatrix(JoinedCall call) {
        this.call = call;
        callerHeard = Heard.by(call.caller());
        destinationHeard = Heard.by(call.destination());
    }

    /// Adds a row and returns its verdicts: at the caller's phone, at the destination's, at the
    /// caller's recognizer, at the destination's.
    List<Verdict> source(String name, ToneWord... words) {
        List<ToneWord> said = List.of(words);
        List<Cell> row =
                List.of(
                        phone(callerHeard, said),
                        phone(destinationHeard, said),
                        recognizer("caller-to-destination", said),
                        recognizer("destination-to-caller", said));
        rows.put(name, row);
        return row.stream().map(Cell::verdict).toList();
    }

    private static Cell phone(Heard heard, List<ToneWord> words) {
        double loudest =
                words.stream().mapToDouble(word -> heard.tones().loudest(word)).max().orElseThrow();
        Verdict verdict = Verdict.NEITHER;
        if (loudest < ToneDetector.LEAK_BOUND) {
            verdict = Verdict.NOTHING;
        } else if (heard.words().stream().filter(words::contains).toList().equals(words)) {
            verdict = Verdict.HEARD;
        }
        return new Cell(verdict, "%.1f dBov".formatted(loudest));
    }

    private Cell recognizer(String lane, List<ToneWord> words) {
        List<ToneWord> said =
                call.captions().stream()
                        .filter(caption -> caption.path("lane").asText().equals(lane))
                        .filter(caption -> caption.path("translated").isNull())
                        .map(caption -> caption.path("said").asText())
                        .flatMap(text -> ToneWord.parse(text).orElseThrow().stream())
                        .filter(words::contains)
                        .toList();
        Verdict verdict = Verdict.NEITHER;
        if (said.isEmpty()) {
            verdict = Verdict.NOTHING;
        } else if (said.equals(words)) {
            verdict = Verdict.HEARD;
        }
        return new Cell(verdict, said.isEmpty() ? "-" : ToneWord.text(said));
    }

    /// Every word that the recognizers understood and nobody said.
    List<String> misheard(List<String> said) {
        return call.captions().stream()
                .map((JsonNode caption) -> caption.path("said").asText())
                .distinct()
                .filter(text -> !said.contains(text))
                .toList();
    }

    @Override
    public String toString() {
        return "%-28s %14s %14s %12s %12s%n"
                        .formatted(
                                "source \\ heard by",
                                "caller",
                                "destination",
                                "caller's ear",
                                "dest.'s ear")
                + rows.entrySet().stream()
                        .map(row -> "%-28s %s".formatted(row.getKey(), cells(row.getValue())))
                        .collect(Collectors.joining("\n"));
    }

    private static String cells(List<Cell> row) {
        return "%14s %14s %12s %12s"
                .formatted(row.stream().map(Cell::measured).toArray(Object[]::new));
    }
}
