package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.telephony.Party;
import io.vertx.core.Future;

import java.util.List;
import java.util.Set;

/// The live calls, as operators see them and act on them. Thread-safe; no method blocks.
public interface Calls {
    /// The names of the carriers over which calls can be made.
    Set<String> carriers();

    /// Every live call, oldest first.
    List<CallView> sessions();

    /// What all calls of this calendar day have cost so far.
    Costs costsToday();

    /// Rings two numbers and joins them. Fails only when something broke that is no
    /// [Placement.Reason].
    Future<Placement> originate(CallRequest request);

    /// Ends a call. False when there is none with this id.
    boolean hangUp(String callId);

    /// Ends every call and says how many.
    int hangUpAll();

    /// Has what `speakers` say interpreted to the other one, from the next clause on, or no more, from now on; as often as
    /// anybody says so, the listener's own telephone keys included. It holds for the rest of the call. False when there is no
    /// call with this id.
    boolean interpret(String callId, Set<Party> speakers, boolean on);

    /// From now on `observer` gets the events of every call.
    void observe(CallObserver observer);
}
