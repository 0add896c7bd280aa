package io.sandalphone.translate;

import java.util.ArrayList;
import java.util.List;

/// Decides what is done about an interpretation that falls behind its speaker: first pauses are shortened, then it
/// is spoken faster, then what waits is joined into fewer translations, and what still cannot be said in time
/// is skipped.
///
/// The *lag* is how much sound, in seconds at the voice's own pace, is to be heard before the newest utterance
/// begins; an utterance with nothing before it is not late, however long it is. It is never left beyond
/// the bound. The pace rises at once, and falls by one step with each utterance that begins, so that it does not
/// waver. Holds no thread and reads no clock.
final class LagGovernor {
    /// The bound, in seconds, for which the steps are written down.
    private static final double BOUND = 8;

    /// What is joined is begun when so much is left before it, in the same seconds: what the engines need for it
    /// and some more.
    private static final double LEAD = 3;

    /// What is joined becomes no longer than this, in the same seconds, so that what comes after it is not late for it.
    private static final double LONGEST = 7;

    /// An utterance that has a place.
    interface Waiting {
        /// How much of its sound is to be heard yet, in milliseconds at the voice's own pace, as far as is known.
        int millis();

        /// Whether it holds what may least of all be lost.
        boolean essential();
    }

    private final int most;
    private final double fastest;
    private LagStep step = LagStep.CALM;

    LagGovernor(LagSettings settings) {
        most = Math.toIntExact(settings.most().toMillis());
        fastest = settings.fastest();
    }

    /// How much is to be heard before the newest of `line`, which stands in the order in which it is spoken.
    static int lag(List<? extends Waiting> line) {
        int millis = 0;
        for (int i = 0; i < line.size() - 1; i++) {
            millis += line.get(i).millis();
        }
        return millis;
    }

    /// What is not to be spoken of `line`, whose first sounds or is the next to. Beyond the bound that is
    /// all that waits between the first and the newest; of that, what is essential only as far as it has to be, the
    /// oldest first; and the newest, too, where what sounds takes too long by itself.
    <W extends Waiting> List<W> judge(List<W> line) {
        int lag = lag(line);
        rise(lag);
        List<W> skipped = new ArrayList<>();
        if (lag <= most) {
            return skipped;
        }
        List<W> between = line.subList(1, line.size() - 1);
        for (W waiting : between) {
            if (!waiting.essential()) {
                skipped.add(waiting);
                lag -= waiting.millis();
            }
        }
        for (W waiting : between) {
            if (lag > most && waiting.essential()) {
                skipped.add(waiting);
                lag -= waiting.millis();
            }
        }
        if (lag > most) {
            skipped.add(line.getLast());
        }
        return skipped;
    }

    private void rise(int lag) {
        for (LagStep next : LagStep.values()) {
            if (next.compareTo(step) > 0 && lag > millis(next.from())) {
                step = next;
            }
        }
    }

    /// The first of `line` begins to sound.
    void begins(List<? extends Waiting> line) {
        if (step != LagStep.CALM && lag(line) < millis(step.left())) {
            step = step.calmer();
        }
    }

    /// All that was to be said has been heard.
    void caughtUp() {
        step = LagStep.CALM;
    }

    LagStep step() {
        return step;
    }

    /// How many seconds of sound are spoken in one.
    double pace() {
        return Math.min(step.pace(), fastest);
    }

    /// Whether long pauses are shortened. Not where no voice is to be spoken faster, either.
    boolean shortensPauses() {
        return step != LagStep.CALM && fastest > 1;
    }

    /// Whether what was just committed is to wait for what comes next, to be translated together with it; `ahead` is
    /// what is to be heard before it, in milliseconds.
    boolean joins(int ahead) {
        return step == LagStep.JOINING && ahead > millis(LEAD);
    }

    /// Whether what was joined may become so long, in milliseconds of sound.
    boolean takes(int joined) {
        return joined <= millis(LONGEST);
    }

    private double millis(double seconds) {
        return seconds * most / BOUND;
    }
}
