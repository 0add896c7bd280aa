package io.sandalphone.harness.fakes.polly;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.providers.offline.OfflineMeters;
import io.sandalphone.providers.offline.OfflineSettings;
import io.sandalphone.providers.offline.OfflineVoices;
import io.sandalphone.providers.offline.VoiceKind;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What makes the sound of a fake of Polly. Thread-safe.
@FunctionalInterface
public interface SpeechGenerator {
    /// All of `text`, said in `language`, as 8 kHz PCM. May block.
    short[] say(String text, Language language) throws SpeechException, InterruptedException;

    /// Sings tone words. A word that is none is a silence as long as one: Polly says whatever it is given, the beginning of
    /// a word as well.
    static SpeechGenerator singing(ToneSpeech voice) {
        return (text, _) ->
                joined(
                        Arrays.stream(text.strip().split("\\s+", -1))
                                .map(ToneWord::parse)
                                .map(
                                        word ->
                                                word.map(voice::render)
                                                        .orElseGet(() -> voice.silence(1)))
                                .toList());
    }

    /// Speaks with espeak-ng.
    static SpeechGenerator speaking() {
        return using(espeak());
    }

    /// The voice that [#speaking] uses.
    static Synthesizer espeak() {
        return new OfflineVoices(
                OfflineSettings.defaults()
                        .withVoices(List.of(VoiceKind.ESPEAK_NG))
                        .withTimeouts(Duration.ofMinutes(1)),
                OfflineMeters.register(new SimpleMeterRegistry()));
    }

    /// One tone of 440 Hz, as long as the text: `perCharacter` for each character.
    static SpeechGenerator humming(Duration perCharacter) {
        return (text, _) -> {
            long samples = perCharacter.toNanos() * 8000 / 1_000_000_000 * text.length();
            short[] pcm = new short[Math.toIntExact(samples)];
            double amplitude = Levels.sineAmplitude(-20);
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * 440 * i / 8000));
            }
            return pcm;
        };
    }

    private static SpeechGenerator using(Synthesizer voice) {
        return (text, language) -> {
            List<short[]> pieces = new ArrayList<>();
            voice.synthesize(new SynthesisRequest(text, language, Usage.UNMETERED), pieces::add);
            return joined(pieces);
        };
    }

    private static short[] joined(List<short[]> pieces) {
        short[] pcm = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, pcm, at, piece.length);
            at += piece.length;
        }
        return pcm;
    }
}
