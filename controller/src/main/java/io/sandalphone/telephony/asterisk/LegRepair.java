package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.asterisk.DesiredState.Outcome;
import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import java.time.Duration;

/// Keeps watch over how one leg's packets are numbered, and repairs the leg when its phone numbers
/// them from elsewhere: Asterisk then drops what the phone sends.
///
/// Asterisk is asked when the watch begins, again during the first second and whenever the leg is
/// heard until its numbering is known, and once for each second of digital silence; one question at
/// a time. Mostly the phone is mute then, which is to cost nobody anything; only a new numbering
/// asks for a repair. A repair that fails is tried again for as long as the silence lasts.
///
/// Runs on the call's loop.
final class LegRepair {
    // Between two questions about a leg of which Asterisk has no numbers yet.
    private static final Duration PAUSE = Duration.ofMillis(100);

    // The watch may begin before Asterisk has looked at the first packet of a phone that is mute.
    // What such a phone begins with is not to be missed, nor one that sends nothing asked for ever.
    private static final int FIRST_QUESTIONS = 10;

    /// Told of repairs.
    interface Listener {
        void repairing();

        void refused(Throwable failure);
    }

    private final Leg leg;
    private final String mainBridge;
    private final PrivatePath path;
    private final Loop loop;
    private final AriCommands ari;
    private final Listener listener;
    private final SilenceWatch silence = new SilenceWatch();
    private RtpNumbering numbering = RtpNumbering.UNKNOWN;
    private long lookedAt;
    private int questions;
    private boolean looking;
    private boolean toBridge;
    private boolean toSnoop;

    /// Of the leg that `path` stands beside, as long as it does.
    LegRepair(
            Leg leg,
            String mainBridge,
            PrivatePath path,
            Loop loop,
            AriCommands ari,
            Listener listener) {
        this.leg = leg;
        this.mainBridge = mainBridge;
        this.path = path;
        this.loop = loop;
        this.ari = ari;
        this.listener = listener;
    }

    /// Begins: what the phone sends now is what a later change is measured against.
    void start() {
        look();
    }

    /// The next 20 ms of what is heard from the leg.
    void heard(short[] pcm) {
        if (silence.suspicious(pcm)) {
            look();
        } else if (!numbering.known()
                && (!silence.silent() || questions < FIRST_QUESTIONS)
                && loop.nanoTime() - lookedAt >= PAUSE.toNanos()) {
            look();
        }
    }

    private void look() {
        if (looking || path.closed()) {
            return;
        }
        looking = true;
        lookedAt = loop.nanoTime();
        questions++;
        ari.rtpStatistics(leg.channel)
                .compose(statistics -> compare(RtpNumbering.of(statistics)))
                .onComplete(_ -> looking = false);
    }

    private Future<Void> compare(RtpNumbering now) {
        if (now.known()) {
            boolean changed = now.startedAnewSince(numbering);
            numbering = now;
            toBridge |= changed;
            toSnoop |= changed;
        }
        return toSnoop && path.stands() ? repair() : Future.succeededFuture();
    }

    /// Puts the leg into its bridge again and gives it a new snoop: Asterisk then hears it from the
    /// beginning. One request takes it out and in, so none that is lost leaves it outside.
    private Future<Void> repair() {
        listener.repairing();
        Future<Outcome> bridged =
                toBridge ? leg.putInto(mainBridge) : Future.succeededFuture(Outcome.HOLDS);
        return bridged.compose(this::repairSnoop).onFailure(listener::refused);
    }

    private Future<Void> repairSnoop(Outcome bridged) {
        if (bridged != Outcome.HOLDS || path.closed()) {
            return Future.succeededFuture();
        }
        toBridge = false;
        return path.rebuildSnoop().onSuccess(_ -> toSnoop = false);
    }
}
