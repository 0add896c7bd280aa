package io.sandalphone.speech.resilience;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.ArrayList;
import java.util.List;

/// What went wrong at one provider after the other, for one request. One thread uses it.
final class Failures {
    private final List<SpeechException> failures = new ArrayList<>();

    void add(SpeechException failure) {
        failures.add(failure);
    }

    /// What to tell whoever asked: what does not pass by itself rather than what does, and of these the
    /// first, which the preferred provider said. That the request is at fault is reported only when all say so.
    SpeechException mostTelling() {
        SpeechException telling =
                failures.stream()
                        .filter(failure -> !failure.kind().worthRetrying())
                        .filter(failure -> failure.kind() != Kind.REQUEST)
                        .findFirst()
                        .or(
                                () ->
                                        failures.stream()
                                                .filter(e -> e.kind() != Kind.REQUEST)
                                                .findFirst())
                        .or(() -> failures.stream().findFirst())
                        .orElseGet(
                                () ->
                                        new SpeechException(
                                                Kind.UNREACHABLE, "no provider can be asked now"));
        List<SpeechException> others = new ArrayList<>(failures);
        others.remove(telling);
        others.forEach(telling::addSuppressed);
        return telling;
    }
}
