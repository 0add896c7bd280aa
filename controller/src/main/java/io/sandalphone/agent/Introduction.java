package io.sandalphone.agent;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.text.aloud.ReadAloud;

import java.util.List;

/// What a person hears before a caller is put through to them: why, in one sentence of their own language. Where that is not known, or
/// cannot be translated, that it is a call of the agent.
///
/// @param reason in the language of the agent, as its brain wrote it; it may be empty
/// @param voices those of the agent, with which it speaks its own language
public record Introduction(String reason, Language agents, VoiceChoice voices, Language persons) {
    /// Nobody who has just answered listens to more, in characters.
    private static final int LONGEST = 200;

    /// Its sound, 8 kHz mono PCM. Blocks: call it from a virtual thread.
    public short[] voiced(SpeechEngines engines, Usage usage)
            throws SpeechException, InterruptedException {
        return engines.synthesizer()
                .whole(
                        new SynthesisRequest(
                                ReadAloud.inWords(text(engines, usage), persons),
                                persons,
                                agents.sameAs(persons) ? voices : VoiceChoice.USUAL,
                                usage,
                                /* speculative= */ false));
    }

    private String text(SpeechEngines engines, Usage usage) throws InterruptedException {
        String why = cut(Speakable.of(reason));
        if (why.isBlank() || agents.sameAs(persons)) {
            return why.isBlank() ? StockSentences.introduction(persons) : why;
        }
        try {
            String translated =
                    engines.translator()
                            .translate(
                                    new TranslationRequest(why, agents, persons, List.of(), usage));
            return translated.isBlank() ? StockSentences.introduction(persons) : translated;
        } catch (SpeechException _) {
            return StockSentences.introduction(persons);
        }
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int space = text.lastIndexOf(' ', LONGEST);
        return text.substring(0, space > 0 ? space : LONGEST);
    }

    /// Printed without the words.
    @Override
    public String toString() {
        return "Introduction[%s, %s]".formatted(agents, persons);
    }
}
