package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.time.NanoClock;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Translates as another one does, after as long as the profile says, of which what that one takes is a part. Thread-safe where
/// that one is.
final class ModelTranslator implements Translator {
    private final Translator translator;
    private final Pause pause;
    private final Profile profile;
    private final NanoClock clock;
    private final Supplier<Chance> chance;
    private final AtomicLong characters = new AtomicLong();

    /// `pause` and `clock` are of the same time.
    ModelTranslator(
            Translator translator,
            Pause pause,
            NanoClock clock,
            Profile profile,
            Supplier<Chance> chance) {
        this.clock = clock;
        this.translator = translator;
        this.pause = pause;
        this.profile = profile;
        this.chance = chance;
    }

    @Override
    public String name() {
        return ModelProvider.NAME;
    }

    @Override
    public boolean translates(Language from, Language to) {
        return translator.translates(from, to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        characters.addAndGet(request.text().length());
        long asked = clock.nanoTime();
        String translation = translator.translate(request);
        Duration left =
                Duration.ofMillis(delayMillis(request.text())).minusNanos(clock.nanoTime() - asked);
        if (left.isPositive()) {
            pause.pause(left);
        }
        return translation;
    }

    @Override
    public void close() {
        translator.close();
    }

    /// How long it takes for `text`.
    long delayMillis(String text) {
        return profile.translation().draw(chance.get().of("translation", text));
    }

    /// How many it was asked to translate, answered or not.
    long characters() {
        return characters.get();
    }
}
