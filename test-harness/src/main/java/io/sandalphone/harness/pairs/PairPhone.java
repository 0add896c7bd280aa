package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.KeyTones;
import io.sandalphone.harness.tone.ToneDetector;

import java.time.Duration;

/// One person's telephone in one call, whatever carries it. Sound is mono PCM at 8 kHz, times are those of
/// [System#nanoTime]. Thread-safe.
public interface PairPhone {
    /// Whether the person is connected and has not been released.
    boolean isUp();

    /// When the call was over for them, by whoever's wish; negative while it is not.
    long endedNanos();

    /// Takes a call that rings and was left to this.
    void answer();

    /// Ends the call, or gives it up.
    void hangUp();

    /// Says `pcm` after what is still to be said. Gives when its first sample leaves the telephone, in a
    /// call that is connected.
    long say(short[] pcm);

    /// Says `pcm` over and over whenever nothing else is to be said; nothing when it is empty.
    void repeat(short[] pcm);

    /// Forgets what is still to be said or repeated.
    void hush();

    /// Presses a key, `0` to `9`, `*` or `#`.
    void press(char key);

    /// What was heard so far, as the telephone plays it.
    SoundTimeline heard();

    /// The keys that whoever listens at this end has heard, by their tones.
    default String keys() {
        return KeyTones.heard(heard().pcm());
    }

    /// What happened to it, for readers.
    String history();

    /// The tones that were heard from `sinceNanos` on.
    default ToneDetector tones(long sinceNanos) {
        return ToneDetector.listen(heard().between(sinceNanos, System.nanoTime()).pcm());
    }

    /// Waits until the person is connected.
    default void awaitUp(Duration patience) {
        Poll.until(patience, this::isUp, () -> "connected: " + history());
    }

    /// Waits until the call is over for them, and gives when it was.
    default long awaitEnded(Duration patience) {
        Poll.until(patience, () -> endedNanos() >= 0, () -> "released: " + history());
        return endedNanos();
    }

    /// Waits until sound has been heard from after `nanos`.
    default void awaitHeardUntil(long nanos, Duration patience) {
        Poll.until(
                patience,
                () -> {
                    SoundTimeline sound = heard();
                    return sound.nanosAt(sound.pcm().length / 8) >= nanos;
                },
                () -> "the telephone goes on hearing: " + history());
    }
}
