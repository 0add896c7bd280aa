package io.sandalphone.providers.openai;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.UtteranceService.Words;
import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.text.admission.WhisperHearing.Verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a transcription tells: `{"text"}` or, where more was asked for, `{"text", "segments"}`, with how likely each segment is.
/// Of those only what can be believed counts: Whisper writes sentences into silence and noise.
final class HeardAnswer {
    private HeardAnswer() {}

    /// The words in `body` of an utterance of so many `seconds`.
    ///
    /// @throws SpeechException for what tells none
    static Words parse(String body, double seconds) throws SpeechException {
        JsonMessage message;
        try {
            message = JsonMessage.parse(body).optional();
        } catch (UnreadableException _) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the transcription is not JSON");
        }
        String text =
                message.text("text")
                        .orElseThrow(
                                () ->
                                        new SpeechException(
                                                Kind.PROVIDER_FAULT,
                                                "the transcription holds no text"));
        List<WhisperHearing> told = new ArrayList<>();
        message.list("segments").forEach(segment -> segment(segment).ifPresent(told::add));
        List<WhisperHearing> believed =
                told.stream().filter(each -> each.verdict(seconds) == Verdict.CREDIBLE).toList();
        if (!told.isEmpty() && believed.isEmpty()) {
            return Words.notBelieved();
        }
        return words(believed.isEmpty() ? unjudged(text) : joined(believed), seconds);
    }

    /// One of the stretches that words were found in, where it says how likely they are.
    private static Optional<WhisperHearing> segment(JsonMessage segment) {
        OptionalDouble probability = segment.number("avg_logprob");
        String text = WhisperHearing.plain(segment.text("text").orElse(""));
        return probability.isEmpty() || text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new WhisperHearing(
                                text,
                                segment.number("no_speech_prob").orElse(0),
                                probability.getAsDouble()));
    }

    /// Of which nothing is known but the words.
    private static WhisperHearing unjudged(String text) {
        return new WhisperHearing(WhisperHearing.plain(text), 0, 0);
    }

    private static WhisperHearing joined(List<WhisperHearing> segments) {
        return new WhisperHearing(
                String.join(" ", segments.stream().map(WhisperHearing::text).toList()),
                segments.stream().mapToDouble(WhisperHearing::noSpeech).average().orElse(0),
                segments.stream()
                        .mapToDouble(WhisperHearing::meanLogProbability)
                        .average()
                        .orElse(0));
    }

    /// A phrase that stands there again and again may do so over segments.
    private static Words words(WhisperHearing hearing, double seconds) {
        if (hearing.verdict(seconds) != Verdict.CREDIBLE) {
            return Words.notBelieved();
        }
        // The highest probability there is stands for one that is not known.
        OptionalDouble confidence =
                hearing.meanLogProbability() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(hearing.confidence());
        return new Words(hearing.text(), confidence, Optional.empty(), false);
    }
}
