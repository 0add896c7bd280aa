package io.sandalphone.harness.tone;

import io.sandalphone.harness.tone.ToneFaults.Fault;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.util.Set;

/// A translator that throws or hangs where [ToneFaults] say so.
record FaultyTranslator(Translator translator, ToneFaults faults) implements Translator {
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
        Set<Fault> active = faults.activeFor(request.text());
        if (active.contains(Fault.TRANSLATOR_THROWS)) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the translator was told to fail");
        }
        if (active.contains(Fault.TRANSLATOR_HANGS)) {
            ToneFaults.hang();
        }
        return translator.translate(request);
    }

    @Override
    public void close() {
        translator.close();
    }
}
