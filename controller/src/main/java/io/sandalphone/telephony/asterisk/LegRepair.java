package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;
import io.vertx.core.Future;

import java.time.Duration;

/// Keeps watch over how one leg's packets are numbered, and repairs the leg when its phone begins another
/// numbering: Asterisk as Debian and Ubuntu build it then no longer hears the phone ([SilenceWatch]).
///
/// Runs on the call's loop.
final class LegRepair {
    private static final Duration UNKNOWN_FOR = Duration.ofMillis(100);

    /// Told of repairs.
    interface Listener {
        void repairing();

        void refused(Throwable failure);
    }

    private final String leg;
    private final String mainBridge;
    private final PrivatePath path;
    private final Loop loop;
    private final AriCommands ari;
    private final Listener listener;
    private RtpNumbering numbering = RtpNumbering.UNKNOWN;
    private boolean looking;

    /// Of the leg that `path` stands beside, as long as it does.
    LegRepair(
            String leg,
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

    /// Looks at the leg: in the beginning, for what a later change is measured against, and when
    /// nothing but digital silence comes from it. Mostly its phone is mute then, which is to cost
    /// nobody anything; only a new numbering of its packets asks for a repair.
    void look() {
        if (path.closed() || looking) {
            return;
        }
        looking = true;
        ari.rtpStatistics(leg)
                .compose(statistics -> compare(RtpNumbering.of(statistics)))
                .onComplete(_ -> looking = false);
    }

    private Future<Void> compare(RtpNumbering now) {
        RtpNumbering before = numbering;
        numbering = now;
        if (!now.known()) {
            // Nothing came from the phone yet.
            loop.schedule(UNKNOWN_FOR, this::look);
        }
        return now.startedAnewSince(before) && path.stands() ? repair() : Future.succeededFuture();
    }

    /// Takes the leg out of its bridge and in again, and gives it a new snoop: the repair that was
    /// found to work.
    private Future<Void> repair() {
        listener.repairing();
        return ari.removeFromBridge(mainBridge, leg)
                .compose(_ -> ari.addToBridge(mainBridge, leg))
                .compose(_ -> path.rebuildSnoop())
                .onFailure(listener::refused);
    }
}
