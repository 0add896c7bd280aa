package io.sandalphone.call;

import io.sandalphone.call.Readoption.Reason;
import io.sandalphone.call.Readoption.Verdict;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes up the calls that outlived the gateway before this one, and keeps those that live now in the journal. What that gateway
/// wrote of a call stays there until the carrier has said what became of it, for a gateway after this one.
///
/// Thread-safe.
public final class Readopter implements Survivors {
    private static final Logger log = LoggerFactory.getLogger(Readopter.class);

    private final CallRegistry calls;
    private final CallJournal journal;
    private final CallMeters meters;
    // What no carrier has told of yet.
    private final Map<String, CallRecord> pending = new ConcurrentHashMap<>();

    /// Keeps `calls` in `journal` from now on.
    public Readopter(CallRegistry calls, CallJournal journal, CallMeters meters) {
        this.calls = calls;
        this.journal = journal;
        this.meters = meters;
        journal.earlier().forEach(call -> pending.put(call.id(), call));
        journal.keep(this::records);
    }

    private List<CallRecord> records() {
        // What was pending a moment ago may live by now: asked in this order, no call is missed.
        Map<String, CallRecord> all = new HashMap<>(pending);
        calls.records().forEach(call -> all.put(call.id(), call));
        List<CallRecord> records = new ArrayList<>(all.values());
        records.sort(Comparator.comparing(CallRecord::id));
        return records;
    }

    /// There are no other carriers than `carriers`: of calls that were elsewhere nobody will tell, and their people are left to
    /// themselves.
    public void only(Set<String> carriers) {
        pending.forEach(
                (id, call) -> {
                    if (!carriers.contains(call.carrier()) && pending.remove(id, call)) {
                        leave(id, Reason.NO_CARRIER);
                    }
                });
    }

    @Override
    public Map<String, Map<Party, LegPlace>> sought(String carrier) {
        Map<String, Map<Party, LegPlace>> sought = new HashMap<>();
        pending.forEach(
                (id, call) -> {
                    if (call.carrier().equals(carrier)) {
                        sought.put(id, call.legs());
                    }
                });
        return sought;
    }

    @Override
    public void unanswered(String callId, String why) {
        if (pending.remove(callId) != null) {
            calls.tellLeft(callId, Reason.CARRIER, why);
        }
    }

    @Override
    public Map<String, Fate> found(String carrier, List<FoundCall> found) {
        Map<String, CallRecord> here = new HashMap<>();
        pending.forEach(
                (id, call) -> {
                    if (call.carrier().equals(carrier)) {
                        here.put(id, call);
                    }
                });
        Map<String, Fate> fates = new HashMap<>();
        for (Verdict verdict : Readoption.of(here, found, journal.unrecorded())) {
            switch (verdict) {
                case Verdict.Adopt adopt -> fates.put(adopt.callId(), adopt(adopt));
                case Verdict.Leave(var id, var reason) -> fates.put(id, leave(id, reason));
                case Verdict.Release(var id) -> fates.put(id, Fate.RELEASED);
                case Verdict.Forget(var id) ->
                        log.atInfo()
                                .addKeyValue("call", id)
                                .log("call ended while no gateway was there");
            }
        }
        pending.keySet().removeAll(here.keySet());
        return fates;
    }

    private Fate adopt(Verdict.Adopt adopt) {
        String id = adopt.callId();
        try {
            if (!calls.adopt(adopt.record(), adopt.found())) {
                return leave(id, Reason.STOPPING);
            }
        } catch (RuntimeException fault) {
            meters.faults().increment();
            log.atError()
                    .addKeyValue("call", id)
                    .setCause(fault)
                    .log("call of the gateway before could not be taken up");
            return leave(id, Reason.INTERNAL_ERROR);
        }
        meters.adopted().increment();
        return Fate.ADOPTED;
    }

    private Fate leave(String id, Reason reason) {
        calls.tellLeft(id, reason, null);
        return Fate.LEFT;
    }
}
