package io.sandalphone.harness.tone;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.util.List;

/// Sings tone words, handing them over one by one.
public final class ToneSynthesizer implements Synthesizer {
    private final ToneSpeech voice;

    public ToneSynthesizer(ToneSpeech voice) {
        this.voice = voice;
    }

    @Override
    public String name() {
        return ToneProvider.NAME;
    }

    @Override
    public boolean speaks(Language language) {
        return ToneWord.spokenIn(language);
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        if (!speaks(request.language())) {
            throw new SpeechException(Kind.REQUEST, "no tone words of " + request.language());
        }
        if (request.text().isBlank()) {
            return;
        }
        List<ToneWord> words =
                ToneWord.parse(request.text())
                        .orElseThrow(() -> new SpeechException(Kind.REQUEST, "not tone words"));
        request.usage().spoken(ToneProvider.NAME, request.text().length());
        for (ToneWord word : words) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            out.accept(voice.render(word));
        }
    }
}
