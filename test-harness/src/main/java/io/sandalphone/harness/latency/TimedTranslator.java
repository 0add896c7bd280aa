package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.time.NanoClock;

import java.util.HashMap;
import java.util.Map;

/// Translates as another one does, and knows how long each text took.
final class TimedTranslator implements Translator {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Translator translator;
    private final NanoClock clock;
    private final Map<String, Long> took = new HashMap<>();

    TimedTranslator(Translator translator, NanoClock clock) {
        this.translator = translator;
        this.clock = clock;
    }

    @Override
    public String name() {
        return translator.name();
    }

    @Override
    public boolean translates(Language from, Language to) {
        return translator.translates(from, to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        long asked = clock.nanoTime();
        String translation = translator.translate(request);
        took.put(request.text(), (clock.nanoTime() - asked) / NANOS_PER_MILLI);
        return translation;
    }

    /// How long `text` took, of which a translation has come.
    long millis(String text) {
        return took.getOrDefault(text, 0L);
    }
}
