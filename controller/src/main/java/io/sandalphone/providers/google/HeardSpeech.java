package io.sandalphone.providers.google;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.speech.http.UtteranceService.Words;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `speech:recognize` tells of an utterance: results one after the other, each with alternatives, of which the first is the best.
/// Where nothing was understood there are none.
final class HeardSpeech {
    /// Durations are texts.
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})(?:\\.([0-9]{1,9}))?s");

    private HeardSpeech() {}

    static Words of(JsonMessage answer) {
        List<String> texts = new ArrayList<>();
        List<Double> confidences = new ArrayList<>();
        for (JsonMessage result : answer.list("results")) {
            List<JsonMessage> alternatives = result.list("alternatives");
            if (!alternatives.isEmpty()) {
                JsonMessage best = alternatives.getFirst();
                String text = best.text("transcript").orElse("").strip();
                if (!text.isEmpty()) {
                    texts.add(text);
                    // 0 is what a field without a value is, and means that it is not known.
                    best.number("confidence").stream()
                            .filter(each -> each > 0 && each <= 1)
                            .forEach(confidences::add);
                }
            }
        }
        OptionalDouble confidence = confidences.stream().mapToDouble(Double::doubleValue).average();
        return new Words(
                String.join(" ", texts),
                confidence,
                answer.text("totalBilledTime").flatMap(HeardSpeech::duration),
                false);
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        return Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)), nanos));
    }
}
