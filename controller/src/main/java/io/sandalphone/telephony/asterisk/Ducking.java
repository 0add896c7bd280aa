package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Sinks and raises one party's voice as the other hears it, by the leg's `VOLUME(RX)`: our own
/// speech and what we hear keep their level.
///
/// In two equal steps, 20 ms apart, against clicks. A level is asked for until the leg has it or is
/// gone, so a lost request leaves nobody's voice low. There is one for each leg, as long as it lives:
/// two would not know of each other's requests. Runs on the call's loop.
final class Ducking {
    static final String VOLUME = "VOLUME(RX)";

    /// The untouched voice.
    static final String FULL = "0";

    /// When the voice begins to rise, after the last frame of what sounded over it was handed over.
    /// That frame has three before it still to be played, and a level takes about two to be heard
    /// through the bridge: so the voice is back when that sound ends, not a tenth of a second later.
    static final Duration RISE_AFTER = Duration.ofMillis(20);

    private static final Duration STEP = Duration.ofMillis(20);

    /// A difference that nobody hears, in dB.
    private static final double HEARD = 0.1;

    private final Loop loop;
    private final DesiredState<String> volume;
    private List<String> levels = List.of(FULL);
    private int wanted;
    private int asked;
    private boolean stepping;
    private Promise<Void> risen = Promise.promise();
    private Loop.Timer rising = () -> {};

    Ducking(Loop loop, DesiredState<String> volume) {
        this.loop = loop;
        this.volume = volume;
        risen.complete();
    }

    /// Makes the voice softer by `decibels`; how deep it sinks changes only while it is at its full level.
    void sink(double decibels) {
        rising.cancel();
        if (asked == 0) {
            levels = List.of(FULL, factor(decibels / 2), factor(decibels));
        }
        wanted = levels.size() - 1;
        step();
    }

    /// As Asterisk wants it: -n divides by n. A whole number where it differs from the right one by nothing that is heard:
    /// before Asterisk 18.10 there were no others.
    private static String factor(double decibels) {
        double divisor = Math.pow(10, decibels / 20);
        long whole = Math.round(divisor);
        return Math.abs(20 * Math.log10(whole / divisor)) < HEARD
                ? "-" + whole
                : String.format(Locale.ROOT, "-%.2f", divisor);
    }

    /// Brings the voice back when what was handed over to the listener until now has been heard.
    void riseWhenHeard() {
        rising.cancel();
        rising =
                loop.schedule(
                        RISE_AFTER,
                        () -> {
                            var _ = rise();
                        });
    }

    /// Completes when the voice is known to be at its full level, or the leg to be gone.
    Future<Void> rise() {
        rising.cancel();
        wanted = 0;
        step();
        return risen.future();
    }

    /// Has the level asked for although it was never changed here: a gateway before this one may have left the voice low.
    void assureFull() {
        if (asked == 0) {
            volume.want(FULL);
        }
    }

    private void step() {
        if (stepping || asked == wanted) {
            return;
        }
        if (asked == 0) {
            risen = Promise.promise();
        }
        asked += Integer.signum(wanted - asked);
        Promise<Void> full = risen;
        boolean last = asked == 0;
        volume.want(levels.get(asked))
                .onSuccess(
                        outcome -> {
                            if (last || outcome == DesiredState.Outcome.GONE) {
                                full.tryComplete();
                            }
                        });
        stepping = true;
        loop.schedule(
                STEP,
                () -> {
                    stepping = false;
                    step();
                });
    }
}
