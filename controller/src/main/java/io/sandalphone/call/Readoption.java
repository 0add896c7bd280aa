package io.sandalphone.call;

import io.sandalphone.telephony.FoundCall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What becomes of the calls of a gateway before this one: a function of what it wrote down and of what a carrier has. Only what
/// is found at the carrier **and** in a record is believed.
final class Readoption {
    /// Why two people are left to talk by themselves.
    enum Reason {
        /// There is no journal.
        NO_JOURNAL,
        /// Another gateway writes it, and its calls are there.
        OTHER_GATEWAY,
        /// There was one, which could not be read.
        JOURNAL_UNREADABLE,
        /// Nothing was written down of the call.
        NO_RECORD,
        /// What was written down is of other legs.
        OTHER_LEGS,
        /// The carrier did not say how it stands with the call, or did not give its people back.
        CARRIER,
        /// The settings have its carrier no more.
        NO_CARRIER,
        /// This gateway takes no calls any more.
        STOPPING,
        /// A fault of our own.
        INTERNAL_ERROR;

        /// As written in logs and metrics: `no-record`.
        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What becomes of one call.
    sealed interface Verdict {
        String callId();

        /// It goes on here.
        record Adopt(FoundCall found, CallRecord record) implements Verdict {
            @Override
            public String callId() {
                return record.id();
            }
        }

        /// Its two people talk on without us.
        record Leave(String callId, Reason reason) implements Verdict {}

        /// One of its two is alone.
        record Release(String callId) implements Verdict {}

        /// It is over: nothing of it is at the carrier.
        record Forget(String callId) implements Verdict {}
    }

    private Readoption() {}

    /// Decides about each call that was found, and each that was written down.
    ///
    /// @param records of the calls that were at this carrier
    /// @param unrecorded why there may be no record of a call
    static List<Verdict> of(
            Map<String, CallRecord> records, List<FoundCall> found, Reason unrecorded) {
        List<Verdict> verdicts = new ArrayList<>();
        Set<String> there = new HashSet<>();
        for (FoundCall call : found) {
            there.add(call.callId());
            verdicts.add(of(records, call, unrecorded));
        }
        records.keySet().stream()
                .filter(id -> !there.contains(id))
                .sorted()
                .forEach(id -> verdicts.add(new Verdict.Forget(id)));
        return verdicts;
    }

    private static Verdict of(Map<String, CallRecord> records, FoundCall call, Reason unrecorded) {
        if (!call.isWhole()) {
            return new Verdict.Release(call.callId());
        }
        CallRecord record = records.get(call.callId());
        if (record == null) {
            return new Verdict.Leave(call.callId(), unrecorded);
        }
        // One that was answered cannot ring again.
        boolean same =
                record.legs().equals(call.legs()) && (call.answered() || !record.isTalking());
        return same
                ? new Verdict.Adopt(call, record)
                : new Verdict.Leave(call.callId(), Reason.OTHER_LEGS);
    }
}
