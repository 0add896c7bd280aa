package io.sandalphone.harness.tone;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import java.util.List;

/// Translates tone words one for one, both ways: `wcc wee` is `vcc vee`.
public final class ToneTranslator implements Translator {
    @Override
    public String name() {
        return ToneProvider.NAME;
    }

    @Override
    public boolean translates(Language from, Language to) {
        return ToneWord.spokenIn(from) && ToneWord.spokenIn(to) && !from.sameAs(to);
    }

    @Override
    public String translate(TranslationRequest request) throws SpeechException {
        if (!translates(request.from(), request.to())) {
            throw new SpeechException(
                    Kind.REQUEST, "no tone words of " + request.from() + " in " + request.to());
        }
        if (request.text().isBlank()) {
            return "";
        }
        List<ToneWord> words =
                ToneWord.parse(request.text())
                        .filter(said -> said.stream().allMatch(word -> in(request.from(), word)))
                        .orElseThrow(
                                () ->
                                        new SpeechException(
                                                Kind.REQUEST,
                                                "not tone words of " + request.from()));
        request.usage().translated(ToneProvider.NAME, request.text().length());
        return ToneWord.text(words.stream().map(ToneWord::translated).toList());
    }

    private static boolean in(Language language, ToneWord word) {
        return word.language().sameAs(language);
    }
}
