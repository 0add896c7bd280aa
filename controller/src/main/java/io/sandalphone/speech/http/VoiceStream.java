package io.sandalphone.speech.http;

import io.micrometer.core.instrument.Timer;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.media.codec.RationalResampler;
import io.sandalphone.media.codec.SoundReader;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The sound that a synthesizer's service answers with, handed over at the telephone's rate while it comes. Thread-safe.
public final class VoiceStream {
    /// Nobody has that much said at once; who goes on is cut off: 20 minutes.
    private static final long MOST_SAMPLES = 20L * 60 * AudioFrame.TELEPHONE_RATE;

    /// By the rate they come from.
    private static final Map<Integer, PolyphaseFilter> FILTERS = new ConcurrentHashMap<>();

    private final Timer firstAudio;

    /// The sound of one provider.
    ///
    /// @param provider the provider by its name
    public VoiceStream(String provider, VendorMeters meters) {
        firstAudio = meters.firstAudio(provider);
    }

    /// Hands all of `sound`, which was asked for at `askedNanos`, to `out`.
    ///
    /// @throws SpeechException when there is none, or no end of it
    public void pass(SoundReader sound, long askedNanos, PcmSink out)
            throws IOException, SpeechException, InterruptedException {
        var passing = new Passing(askedNanos, out);
        if (sound.rate() == AudioFrame.TELEPHONE_RATE) {
            for (short[] pcm = sound.next(); pcm != null; pcm = sound.next()) {
                passing.accept(pcm);
            }
        } else {
            var resampler =
                    new RationalResampler(
                            FILTERS.computeIfAbsent(
                                    sound.rate(),
                                    rate ->
                                            PolyphaseFilter.between(
                                                    rate, AudioFrame.TELEPHONE_RATE)));
            boolean any = false;
            for (short[] pcm = sound.next(); pcm != null; pcm = sound.next()) {
                any = true;
                passing.accept(resampler.resample(pcm));
            }
            if (any) {
                passing.accept(resampler.finish());
            }
        }
        if (passing.samples == 0) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "an answer without sound");
        }
    }

    /// Reads a WAV file that a service answers with.
    ///
    /// @throws SpeechException when it is none
    public static SoundReader wav(InputStream body) throws IOException, SpeechException {
        try {
            return SoundReader.wav(body);
        } catch (SoundReader.FormatException wrong) {
            throw new SpeechException(
                    Kind.PROVIDER_FAULT, "an answer that is no sound: " + wrong.getMessage());
        }
    }

    private final class Passing {
        private final long askedNanos;
        private final PcmSink out;
        private long samples;

        Passing(long askedNanos, PcmSink out) {
            this.askedNanos = askedNanos;
            this.out = out;
        }

        void accept(short[] pcm) throws IOException, InterruptedException {
            // Where sound is there already nothing waits, and so nothing else ends it.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (pcm.length == 0) {
                return;
            }
            if (samples == 0) {
                firstAudio.record(System.nanoTime() - askedNanos, TimeUnit.NANOSECONDS);
            }
            samples += pcm.length;
            if (samples > MOST_SAMPLES) {
                throw new OverlongException("sound");
            }
            out.accept(pcm);
        }
    }
}
