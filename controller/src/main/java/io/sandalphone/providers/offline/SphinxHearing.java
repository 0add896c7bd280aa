package io.sandalphone.providers.offline;

import io.sandalphone.media.codec.Resampler;
import io.sandalphone.media.codec.Upsampler;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One utterance on one decoder. PocketSphinx goes over all of an utterance once more when it ends, which takes a
/// fifth of a second and more; so where the speaker pauses, the utterance may be concluded before anybody knows whether it
/// is over. If it goes on, it is decoded again from its beginning.
///
/// Sound is mono 16-bit PCM at 8 kHz. One thread at a time.
final class SphinxHearing {
    /// So much of what follows the last word it takes to understand it: 80 ms.
    private static final int TAIL = 640;

    private final SphinxLibrary.Decoder decoder;
    private final String mean;
    private final List<short[]> heard = new ArrayList<>();
    private Resampler upsampler = Upsampler.spectralFolding();
    private int samples;

    /// What it was if its speech ended with the pause it was concluded in.
    private @Nullable String conclusion;

    private int concluded;

    /// Begins an utterance of a speaker whose cepstral mean was `mean` after their last one.
    SphinxHearing(SphinxLibrary.Decoder decoder, String mean) {
        this.decoder = decoder;
        this.mean = mean;
        decoder.start(mean);
    }

    /// The next piece; what follows a conclusion is kept.
    void hear(short[] pcm) {
        heard.add(pcm);
        samples += pcm.length;
        if (conclusion == null) {
            decoder.hear(upsampler.resample(pcm));
        }
    }

    int samples() {
        return samples;
    }

    /// Whether there is enough behind the first `speech` samples to conclude the utterance there.
    boolean covers(int speech) {
        return samples >= speech + TAIL;
    }

    boolean isConcluded() {
        return conclusion != null;
    }

    /// The words so far.
    String words() {
        return conclusion == null ? decoder.hypothesis() : conclusion;
    }

    /// What it is if nothing more is said.
    String conclude() {
        decoder.end();
        concluded = samples;
        conclusion = decoder.hypothesis();
        return conclusion;
    }

    /// It went on: what was concluded is no more.
    void reopen() {
        conclusion = null;
        decoder.start(mean);
        upsampler = Upsampler.spectralFolding();
        heard.forEach(pcm -> decoder.hear(upsampler.resample(pcm)));
    }

    /// Whether what was concluded holds all of it, if its first `speech` samples are all its speech.
    boolean isComplete(int speech) {
        return conclusion != null && concluded >= speech + TAIL;
    }

    /// It is over, and its first `speech` samples are speech.
    String finish(int speech) {
        if (conclusion != null && isComplete(speech)) {
            return conclusion;
        }
        if (conclusion != null) {
            reopen();
        }
        return conclude();
    }
}
