package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.RTPstat;

import io.sandalphone.telephony.asterisk.AsteriskSettings.SilenceLimits;
import io.sandalphone.time.Loop;

import java.time.Duration;

/// Watches the legs of two people who talk for one that has gone silent, and does what [SilentLeg]
/// decides. Asterisk is asked how many packets came of those legs only that are not heard.
///
/// A leg on hold is silent by agreement and has its own limit, which Asterisk keeps
/// (`rtp_timeout_hold`). Its phone is not asked: with the answer that limit would begin anew.
///
/// Runs on the call's loop.
final class SilentLegWatch {
    /// Makes Asterisk send a re-INVITE; it hangs up when nobody answers that, nor the BYE that follows.
    static final String REFRESH = "PJSIP_SEND_SESSION_REFRESH()";

    // How many looks go into the time after which the phone of a silent leg is asked.
    private static final int LOOKS = 4;

    /// Told what becomes of a leg that is silent.
    interface Listener {
        /// Its phone is asked whether it is still there.
        void asking(Leg leg);

        /// The phone could not be asked.
        void refused(Throwable failure);

        /// It has been silent for too long, and nobody speaks to it.
        void silentTooLong(Leg leg);
    }

    private final Loop loop;
    private final AriCommands ari;
    private final Listener listener;
    private final Duration pause;
    private final Watched caller;
    private final Watched destination;
    private Loop.Timer next;
    private boolean over;

    private record Watched(Leg leg, SilentLeg silence) {
        /// When the party was heard last. One to whom nobody listens counts as heard whenever its packets
        /// come.
        long heardAt(long now) {
            long voice = leg.sound.voiceAt();
            return leg.sound.listenedTo(now) || silence.silentSince() - voice < 0
                    ? voice
                    : silence.silentSince();
        }
    }

    /// From now on.
    SilentLegWatch(
            Leg caller,
            Leg destination,
            Loop loop,
            AriCommands ari,
            SilenceLimits limits,
            Listener listener) {
        this.loop = loop;
        this.ari = ari;
        this.listener = listener;
        this.caller = new Watched(caller, new SilentLeg(limits, loop.nanoTime()));
        this.destination = new Watched(destination, new SilentLeg(limits, loop.nanoTime()));
        pause = limits.checkAfter().dividedBy(LOOKS);
        next = loop.schedule(pause, this::look);
    }

    /// Ends the watch.
    void stop() {
        over = true;
        next.cancel();
    }

    private void look() {
        look(caller, destination);
        look(destination, caller);
        next = loop.schedule(pause, this::look);
    }

    private void look(Watched one, Watched other) {
        long now = loop.nanoTime();
        if (one.leg.onHold || now - one.leg.sound.voiceAt() < pause.toNanos()) {
            one.silence.heard(now);
        } else {
            ari.rtpStatistics(one.leg.channel)
                    .onSuccess(statistics -> decide(one, other, statistics));
        }
    }

    private void decide(Watched one, Watched other, RTPstat statistics) {
        Integer packets = statistics.getRxcount();
        if (over || packets == null || one.leg.isGone() || one.leg.onHold) {
            return;
        }
        long now = loop.nanoTime();
        long received = Integer.toUnsignedLong(packets);
        switch (one.silence.look(now, received, other.heardAt(now))) {
            case NOTHING -> {}
            case ASK -> {
                listener.asking(one.leg);
                ari.set(one.leg.channel, REFRESH, "invite").onFailure(listener::refused);
            }
            case END -> listener.silentTooLong(one.leg);
        }
    }
}
