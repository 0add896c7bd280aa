package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegListener;

import org.jspecify.annotations.Nullable;

/// A leg that a gateway before this one had, whose party talks in their call's room: it begins without a stream, and
/// [Rejoining] fetches it back. From then on it is as any other.
///
/// Taking one party out of the room sends the other out by the second stream of their document. Where that other one is being
/// given a new document at the same time, the second stream is over as soon as the carrier has it, which is not the end of the call:
/// it counts only once it is known that there is no new document. Runs on the call's loop.
final class RejoinedLeg extends MarkupLeg {
    private final Rejoining rejoining;
    private boolean documentGiven;
    private boolean settled;
    private @Nullable MediaStream second;

    RejoinedLeg(LegContext context, Account account, String callId, Rejoining rejoining) {
        super(context, account, Phase.LOST);
        this.rejoining = rejoining;
        learn(callId);
    }

    /// Begins to be fetched back.
    @Override
    public void listen(LegListener listener) {
        super.listen(listener);
        rejoining.begin(this);
    }

    /// Whether its party is still where they were left, as far as is known.
    boolean isAway() {
        return phase() == Phase.LOST;
    }

    @Override
    void started(MediaStream started, String id) {
        if (isSecond(started) && (!settled || documentGiven)) {
            second = started;
        } else {
            super.started(started, id);
        }
    }

    private boolean isSecond(MediaStream stream) {
        return stream.token().equals(SecondToken.of(context()));
    }

    @Override
    void closed(MediaStream closed, boolean stopped) {
        if (closed == second) {
            second = null;
        } else {
            super.closed(closed, stopped);
        }
    }

    /// The carrier has the party go on with the new document.
    void documentGiven() {
        settled = true;
        documentGiven = true;
        second = null;
    }

    /// The carrier did not say so: they may come by their second stream.
    void documentRefused() {
        settled = true;
        MediaStream came = second;
        second = null;
        String id = callId();
        if (came != null && id != null) {
            super.started(came, id);
        }
    }

    /// They are asked for until they come, or are known to be gone.
    void insist() {
        settled = true;
        documentGiven = false;
        restore();
    }

    /// They stay where they are.
    void leaveThere(String why) {
        tell(new LegEvent.LeftThere(why));
    }

    @Override
    boolean isAnswered() {
        return true;
    }

    /// It arrived at another gateway.
    @Override
    public void returnToCarrier() {
        leave();
    }
}
