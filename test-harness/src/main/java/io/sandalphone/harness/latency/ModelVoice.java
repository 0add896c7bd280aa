package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import java.time.Duration;

/// Speaks a steady tone, as long as the text takes to say: the first of it after as long as the profile says, the rest
/// faster than it is spoken.
final class ModelVoice implements Synthesizer {
    private static final double HERTZ = 220;
    private static final double LEVEL = 4000;

    private final Pause pause;
    private final Profile profile;
    private final Chance chance;
    private long characters;

    ModelVoice(Pause pause, Profile profile, Chance chance) {
        this.pause = pause;
        this.profile = profile;
        this.chance = chance;
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public boolean speaks(Language language) {
        return true;
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out) throws InterruptedException {
        characters += request.text().length();
        pause.pause(Duration.ofMillis(delayMillis(request.text())));
        long left = Math.round(request.text().length() * profile.characterMs());
        long sample = 0;
        while (left > 0) {
            long millis = Math.min(left, profile.pieceMs());
            out.accept(tone(sample, HeardWords.samples(millis)));
            sample += HeardWords.samples(millis);
            left -= millis;
            if (left > 0) {
                pause.pause(Duration.ofMillis(Math.round(millis / profile.timesRealTime())));
            }
        }
    }

    private static short[] tone(long from, long samples) {
        var pcm = new short[Math.toIntExact(samples)];
        for (int i = 0; i < pcm.length; i++) {
            double turns = (from + i) * HERTZ / AudioFrame.TELEPHONE_RATE;
            pcm[i] = (short) Math.round(LEVEL * Math.cos(2 * Math.PI * turns));
        }
        return pcm;
    }

    /// How long the first sound of `text` takes.
    long delayMillis(String text) {
        return profile.firstByte().draw(chance.of("first byte", text));
    }

    /// How many it was asked to speak, to the end or not.
    long characters() {
        return characters;
    }
}
