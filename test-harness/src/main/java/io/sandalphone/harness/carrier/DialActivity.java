package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `<Dial>` with other parties: rings them all, joins the first that answers, and is over when that
/// one hangs up or none answers. Owner: the carrier's loop.
final class DialActivity implements Activity {
    private final SimulatedCarrier carrier;
    private final SimulatedCall call;
    private final Verb.Dial verb;
    private final Room room = new Room("");
    private final RoomActivity own;
    private final List<SimulatedCall> ringing = new ArrayList<>();
    private @Nullable SimulatedCall joined;
    private boolean over;

    DialActivity(SimulatedCarrier carrier, SimulatedCall call, Verb.Dial verb) {
        this.carrier = carrier;
        this.call = call;
        this.verb = verb;
        own = new RoomActivity(call, room, true, false, new RoomSounds(false, false));
    }

    @Override
    public void begin() {
        own.begin();
        for (Verb.Party party : verb.parties()) {
            carrier.note(
                    call,
                    What.VERB,
                    0,
                    (party.sip() ? "Dial Sip " : "Dial Number ") + party.address());
            SimulatedCall child = carrier.dial(call, order(party), this::answered, this::ended);
            ringing.add(child);
        }
    }

    private CallOrder order(Verb.Party party) {
        return new CallOrder(
                party.address(),
                verb.callerId().orElse(call.from()),
                null,
                null,
                "POST",
                null,
                null,
                "POST",
                Set.of(),
                verb.timeout(),
                Optional.empty(),
                CallOrder.Detection.NONE);
    }

    /// Joins the child that is in progress, unless another was there before it.
    private void answered() {
        for (SimulatedCall child : List.copyOf(ringing)) {
            if (child.currentStatus() == CallStatus.IN_PROGRESS && joined == null && !over) {
                joined = child;
                child.perform(
                        new RoomActivity(child, room, true, false, new RoomSounds(false, false)));
            } else if (!child.equals(joined)) {
                child.end(CallStatus.CANCELED);
            }
        }
    }

    /// A child ended; when it was the one that is joined, or the last that rang, so does the verb.
    private void ended(SimulatedCall child) {
        ringing.remove(child);
        if (!over && (child.equals(joined) || (joined == null && ringing.isEmpty()))) {
            over = true;
            call.dialled(verb, child.currentStatus());
            call.finished(this);
        }
    }

    @Override
    public short[] exchange(short[] said) {
        return own.exchange(said);
    }

    @Override
    public void end() {
        over = true;
        own.end();
        List<SimulatedCall> left = List.copyOf(ringing);
        for (SimulatedCall child : left) {
            child.end(child.currentStatus().pending() ? CallStatus.CANCELED : CallStatus.COMPLETED);
        }
    }
}
