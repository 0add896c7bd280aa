package io.sandalphone.bus;

import io.sandalphone.media.FrameSink;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.LegSound;
import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/// One party's place in a mixed call: their leg, once there is one, what is known of it, and their voice
/// on its way to the other party. Runs on the call's loop.
final class MixedLeg {
    final Party party;

    /// The party's voice, as the other one is to hear it.
    final PlayoutBuffer voice;

    /// When the party was heard last.
    final LegSound sound;

    /// How fast the party's end plays what it is sent.
    FarClock clock = new FarClock();

    /// How much of what it is sent the party's end holds without needing it.
    final FarBuffer held = new FarBuffer();

    /// Who hears each frame of the party beside the other party.
    FrameSink ears = _ -> {};

    boolean ringing;
    boolean answered;

    /// When the last frame came.
    long frameAt;

    // Any thread may ask where it is.
    private volatile @Nullable Leg leg;
    private int attempts;
    private boolean passing;
    private boolean ended;

    MixedLeg(Party party, BusMeters meters, long nowNanos) {
        this.party = party;
        voice = new PlayoutBuffer(meters);
        sound = new LegSound(nowNanos);
        frameAt = nowNanos;
    }

    /// The party has this leg from now on. It may be another one than before, which has ended; nothing of that is known any more.
    void take(Leg leg, long nowNanos) {
        this.leg = leg;
        clock = new FarClock();
        voice.forget();
        ears = _ -> {};
        frameAt = nowNanos;
        ringing = false;
        answered = false;
        passing = false;
        ended = false;
    }

    /// The number of the next leg, from 1 on.
    int nextAttempt() {
        attempts++;
        return attempts;
    }

    /// Whether there is a leg, and it has not ended.
    boolean isThere() {
        return leg != null && !ended;
    }

    /// Where it can be found again, if it can. Any thread may ask.
    Optional<LegPlace> place() {
        Leg there = leg;
        return there == null ? Optional.empty() : there.place();
    }

    /// Whether sound passes between the party and us.
    boolean passes() {
        return passing && !ended;
    }

    /// Whether the party has answered and is there, and their sound has been lost to us.
    boolean isElsewhere() {
        return answered && isThere() && !passing;
    }

    void passing(boolean passing) {
        if (passing) {
            held.forget();
        }
        this.passing = passing;
    }

    void ended() {
        ended = true;
    }

    /// The leg; there must be one.
    Leg leg() {
        return Objects.requireNonNull(leg);
    }
}
