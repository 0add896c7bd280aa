package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.time.Duration;

/// Translates as another one does, after as long as the profile says.
final class ModelTranslator implements Translator {
    private final Translator translator;
    private final Pause pause;
    private final Profile profile;
    private final Chance chance;
    private long characters;

    ModelTranslator(Translator translator, Pause pause, Profile profile, Chance chance) {
        this.translator = translator;
        this.pause = pause;
        this.profile = profile;
        this.chance = chance;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public boolean translates(Language from, Language to) {
        return translator.translates(from, to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        characters += request.text().length();
        pause.pause(Duration.ofMillis(delayMillis(request.text())));
        return translator.translate(request);
    }

    /// How long it takes for `text`.
    long delayMillis(String text) {
        return profile.translation().draw(chance.of("translation", text));
    }

    /// How many it was asked to translate, answered or not.
    long characters() {
        return characters;
    }
}
