package io.sandalphone.bus;

import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Carrier;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.util.Map;
import java.util.Optional;

/// A carrier of legs as one of calls, whose sound passes through us: the caller is rung there, and the
/// destination there too or over another carrier of legs. Thread-safe.
public final class HairpinCarrier implements Carrier {
    private final LegCarrier own;
    private final Map<String, LegCarrier> carriers;
    private final Loop loop;
    private final MixedBridges bridges;

    /// @param own rings the callers
    /// @param carriers all carriers of legs by their names, for destinations that are rung elsewhere
    /// @param loop owns each call
    public HairpinCarrier(
            LegCarrier own, Map<String, LegCarrier> carriers, Loop loop, MixedBridges bridges) {
        this.own = own;
        this.carriers = Map.copyOf(carriers);
        this.loop = loop;
        this.bridges = bridges;
    }

    @Override
    public String name() {
        return own.name();
    }

    @Override
    public Optional<String> unavailableReason() {
        return own.unavailableReason();
    }

    /// As many as the gateway allows: carriers of legs do not say.
    @Override
    public int maxConcurrentCalls() {
        return Integer.MAX_VALUE;
    }

    @Override
    public CallConnection connect(String callId, Optional<String> via) {
        Optional<String> other = via.filter(name -> !name.equals(own.name()));
        return bridges.empty(
                callId,
                loop,
                (context, dial) -> dial(context.withPartnerAt(partner(context, other)), dial));
    }

    /// Where the other party of a leg is, the destination being at `other` unless that is empty.
    private Optional<String> partner(LegContext context, Optional<String> other) {
        return context.party() == Party.CALLER ? other : other.map(_ -> own.name());
    }

    private Leg dial(LegContext context, Dial dial) {
        return dial.via().map(this::named).orElse(own).dial(context, dial);
    }

    private LegCarrier named(String name) {
        LegCarrier carrier = carriers.get(name);
        if (carrier == null) {
            throw new IllegalArgumentException("no carrier of legs is named " + name);
        }
        return carrier;
    }
}
