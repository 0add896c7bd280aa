package io.sandalphone.harness.latency;

import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Speaks a steady tone, another one for another text, as long as the text takes to say: the first of it after as long as the profile says, the rest
/// faster than it is spoken. Thread-safe.
final class ModelVoice implements Synthesizer {
    private final Pause pause;
    private final Profile profile;
    private final Supplier<Chance> chance;
    private final AtomicLong characters = new AtomicLong();

    ModelVoice(Pause pause, Profile profile, Supplier<Chance> chance) {
        this.pause = pause;
        this.profile = profile;
        this.chance = chance;
    }

    @Override
    public String name() {
        return ModelProvider.NAME;
    }

    @Override
    public boolean speaks(Language language) {
        return true;
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out) throws InterruptedException {
        characters.addAndGet(request.text().length());
        pause.pause(Duration.ofMillis(delayMillis(request.text())));
        long left = Math.round(request.text().length() * profile.characterMs());
        ToneWord tone = SpokenTones.toneOf(request.text(), request.language());
        long sample = 0;
        while (left > 0) {
            long millis = Math.min(left, profile.pieceMs());
            out.accept(sound(tone, sample, HeardWords.samples(millis)));
            sample += HeardWords.samples(millis);
            left -= millis;
            if (left > 0) {
                pause.pause(Duration.ofMillis(Math.round(millis / profile.timesRealTime())));
            }
        }
    }

    private static short[] sound(ToneWord tone, long from, long samples) {
        var pcm = new short[Math.toIntExact(samples)];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(SpokenTones.sample(tone, from + i));
        }
        return pcm;
    }

    /// How long the first sound of `text` takes.
    long delayMillis(String text) {
        return profile.firstByte().draw(chance.get().of("first byte", text));
    }

    /// How many it was asked to speak, to the end or not.
    long characters() {
        return characters.get();
    }
}
