package io.sandalphone.harness.recorded;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.util.List;
import java.util.stream.Collectors;

/// Translates the recorded sentences, each whole of which some words were said.
final class RecordedTranslator implements Translator {
    @Override
    public String name() {
        return RecordedProvider.NAME;
    }

    @Override
    public boolean translates(Language from, Language to) {
        return RecordedSentence.spokenIn(from) && RecordedSentence.spokenIn(to);
    }

    @Override
    public String translate(TranslationRequest request) throws SpeechException {
        List<RecordedSentence> said = RecordedSentence.in(request.text(), request.from());
        if (said.isEmpty()) {
            throw new SpeechException(SpeechException.Kind.REQUEST, "not a recorded sentence");
        }
        return said.stream()
                .map(sentence -> sentence.text(request.to()))
                .collect(Collectors.joining(" "));
    }
}
