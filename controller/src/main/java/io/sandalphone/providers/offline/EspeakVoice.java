package io.sandalphone.providers.offline;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Speaks English and Spanish with espeak-ng: one short-lived process per phrase. The text goes to
/// its standard input, where nobody else on the machine sees it.
///
/// Sound is handed over while espeak-ng is still at work, without the silence before and after the
/// words. Its voices speak at about -20 dBov as they are, which is the level of a telephone voice.
final class EspeakVoice implements Voice {
    private final OfflineSettings settings;
    private final Map<Integer, PolyphaseFilter> filters = new ConcurrentHashMap<>();

    EspeakVoice(OfflineSettings settings) {
        this.settings = settings;
    }

    @Override
    public VoiceKind kind() {
        return VoiceKind.ESPEAK_NG;
    }

    @Override
    public List<String> missing() {
        return new Installation(settings).missing(kind());
    }

    @Override
    public void speak(String text, Language language, Optional<String> variant, PcmSink out)
            throws SpeechException, InterruptedException {
        String usual =
                language.base().equals("en") ? settings.englishVoice() : settings.spanishVoice();
        String voice = variant.map(name -> varied(usual, name)).orElse(usual);
        try (var phrase = EspeakPhrase.start(settings, voice, text)) {
            var telephone = telephoneSound(phrase.rate(settings.answerTimeout()), out);
            short[] pcm = phrase.next(settings.answerTimeout());
            while (pcm.length > 0) {
                telephone.accept(pcm);
                pcm = phrase.next(settings.answerTimeout());
            }
            telephone.finish();
        }
    }

    /// What espeak-ng calls it: the voice, and which variant of it.
    private static String varied(String voice, String variant) {
        int plus = voice.indexOf('+');
        return (plus < 0 ? voice : voice.substring(0, plus)) + '+' + variant;
    }

    private TelephoneSound telephoneSound(int rate, PcmSink out) {
        var filter =
                filters.computeIfAbsent(
                        rate, from -> PolyphaseFilter.between(from, AudioFrame.TELEPHONE_RATE));
        return new TelephoneSound(filter, SilenceTrimmer.ofSilence(out));
    }
}
