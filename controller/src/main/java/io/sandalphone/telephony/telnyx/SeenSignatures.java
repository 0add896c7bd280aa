package io.sandalphone.telephony.telnyx;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers the signatures of requests for as long as they could be shown again. Only genuine ones are
/// remembered, so nobody but Telnyx fills the memory; beyond [#MOST] the oldest are forgotten. Thread-safe.
final class SeenSignatures {
    static final int MOST = 10_000;

    private final long seconds;
    // By when each was first shown, the oldest first.
    private final Map<String, Long> seen = new LinkedHashMap<>();

    /// Signatures are of no use to anybody `seconds` after they were shown first.
    SeenSignatures(long seconds) {
        this.seconds = seconds;
    }

    /// Whether a signature is shown for the first time.
    synchronized boolean isNew(String signature, long epochSecond) {
        Iterator<Long> oldest = seen.values().iterator();
        while (oldest.hasNext() && (oldest.next() < epochSecond - seconds || seen.size() >= MOST)) {
            oldest.remove();
        }
        return seen.putIfAbsent(signature, epochSecond) == null;
    }
}
