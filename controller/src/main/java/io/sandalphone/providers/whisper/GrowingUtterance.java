package io.sandalphone.providers.whisper;

import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.worker.WorkerRequest;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// The sound of one utterance that goes on, and when it is worth decoding: about once a second, and when
/// the speaker has just paused, for the utterance may be complete then. Counts samples at 8 kHz, and knows
/// no clock. One thread at a time.
final class GrowingUtterance {
    /// More sound than the voice detector lets pass: 30 s.
    private static final int LONGEST = 30 * 8000;

    /// New sound that is worth decoding: 1 s.
    static final int STEP = 8000;

    /// So much of the sound that follows speech is enough to understand its last word: 80 ms more than the
    /// voice detector takes for speech.
    private static final int TAIL = 640;

    private static final int FRAME = 160;

    /// Of the energy of the loudest frame, 22 dB less: what is below may be a pause. Where the line is
    /// noisier than that, nothing is.
    private static final double QUIET = 1 / 160.0;

    private final String language;
    private final AgreedWords agreed;
    private short[] pcm = new short[8000];
    private int length;
    private double loudest;
    private int quiet;

    /// How much of it was there when it was decoded last.
    private int decoded;

    /// Where the speech ended behind which the voice detector has heard nobody for a while; negative where it never did.
    private int paused = -1;

    private boolean pauseDecoded;
    private @Nullable Early last;

    /// What was made of it while it went on.
    ///
    /// @param samples how much of it there was
    /// @param decodeNanos how long it took
    /// @param processorNanos how much processor time it took
    record Early(WhisperHearing hearing, int samples, long decodeNanos, long processorNanos) {}

    /// Of somebody who speaks `language`.
    GrowingUtterance(String language) {
        this.language = language;
        agreed = new AgreedWords(language.equals("en") ? 2 : 3);
    }

    String language() {
        return language;
    }

    /// The words that may be given out. The decoding thread's own.
    AgreedWords agreed() {
        return agreed;
    }

    int length() {
        return length;
    }

    /// What was made of it when it was decoded last.
    @Nullable Early last() {
        return last;
    }

    void decoded(Early decoding) {
        last = decoding;
    }

    void hear(short[] more) {
        int kept = Math.min(more.length, LONGEST - length);
        if (length + kept > pcm.length) {
            pcm = Arrays.copyOf(pcm, Math.max(2 * pcm.length, length + kept));
        }
        System.arraycopy(more, 0, pcm, length, kept);
        for (int from = length; from < length + kept; from += FRAME) {
            judge(from, Math.min(from + FRAME, length + kept));
        }
        length += kept;
    }

    private void judge(int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        energy /= to - from;
        loudest = Math.max(loudest, energy);
        if (energy < loudest * QUIET) {
            quiet += to - from;
        } else {
            quiet = 0;
        }
    }

    /// The speaker pauses, behind so many samples of speech.
    void pause(int speech) {
        paused = speech;
        pauseDecoded = false;
    }

    /// Whether the speaker pauses.
    boolean pauses() {
        return paused >= 0 && length - paused <= WorkerRequest.LONGEST_PAUSE;
    }

    /// Whether there is something new to decode. Within a pause there is once, as soon as that is worth as much as the
    /// whole; before it can be told from the end of a syllable there is not, lest the decoder be busy when the utterance
    /// turns out complete.
    boolean due() {
        return pauses()
                ? !pauseDecoded && covers(length, paused)
                : length - decoded >= STEP && quiet <= FRAME;
    }

    /// How much of it is new.
    int undecoded() {
        return length - decoded;
    }

    /// A decoding of what there is begins.
    short[] decode() {
        decoded = length;
        pauseDecoded = pauses();
        return first(length);
    }

    /// Its first `samples`.
    short[] first(int samples) {
        return Arrays.copyOf(pcm, Math.min(samples, length));
    }

    /// Whether a decoding of the first `samples` is as good as one of the whole, of which the first
    /// `speech` samples are speech.
    static boolean covers(int samples, int speech) {
        return samples >= speech + TAIL;
    }
}
