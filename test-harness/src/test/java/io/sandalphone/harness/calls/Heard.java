package io.sandalphone.harness.calls;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.util.List;

/// What one person has heard in a call so far, with the sound placed by its RTP timestamps, as a
/// phone plays it: how late packets come on a busy machine is not the call's doing.
record Heard(SoundTimeline sound, ToneDetector tones) {
    static Heard by(PhoneCall call) {
        SoundTimeline sound = call.media().received().heardByTimestamp();
        return new Heard(sound, ToneDetector.listen(sound.pcm()));
    }

    /// Every word, in order.
    List<ToneWord> words() {
        return tones.words();
    }

    /// The only time at which `word` was heard.
    HeardTone once(ToneWord word) {
        List<HeardTone> heard = tones.heard(word);
        if (heard.size() != 1) {
            throw new AssertionError(word + " heard " + heard + " among " + tones.heard());
        }
        return heard.getFirst();
    }

    /// How long `word` sounded altogether, in milliseconds.
    long millis(ToneWord word) {
        return tones.heard(word).stream().mapToLong(HeardTone::millis).sum();
    }

    /// The longest silence of a tone that is said all the time between the two times
    /// ([System#nanoTime]), in milliseconds.
    long longestPause(ToneWord word, long fromNanos, long toNanos) {
        long last = sound.millisAt(fromNanos);
        long longest = 0;
        for (HeardTone tone : tones.heard(word)) {
            if (tone.endMillis() >= last && tone.startMillis() <= sound.millisAt(toNanos)) {
                longest = Math.max(longest, tone.startMillis() - last);
                last = tone.endMillis();
            }
        }
        return Math.max(longest, sound.millisAt(toNanos) - last);
    }
}
