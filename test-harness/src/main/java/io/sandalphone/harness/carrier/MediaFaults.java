package io.sandalphone.harness.carrier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// What the faults make of the messages of sound on one stream: which of them are sent, and when.
/// Counts frames and reads no clock. Owner: the carrier's loop.
final class MediaFaults {
    private static final int LATE_FRAMES = 20;
    private static final int BURST_FRAMES = 10;
    private static final int OVERSIZED_EVERY = 25;
    private static final int SHUFFLED_EVERY = 50;
    private static final int MALFORMED_EVERY = 10;
    private static final List<String> MALFORMED =
            List.of(
                    "{\"event\":\"media\",\"media\":{\"payload\":",
                    "{\"event\":\"media\",\"media\":{\"payload\":\"***\"}}",
                    "{\"event\":\"media\"}",
                    "{\"event\":\"media\",\"media\":{\"payload\":[1,2,3]}}",
                    "{\"event\":\"nobody-knows-this\",\"more\":{}}",
                    "{\"event\":7}",
                    "[]",
                    "null",
                    "\u0000",
                    "{}");

    private final CarrierFaults faults;
    private final boolean ordered;
    private final Queue<String> held = new ArrayDeque<>();
    private int frames;
    private int malformed;

    /// @param ordered whether the carrier keeps the order; otherwise one frame in 50 is late by one
    MediaFaults(CarrierFaults faults, boolean ordered) {
        this.faults = faults;
        this.ordered = ordered;
    }

    /// How many frames the next message is to hold.
    int framesOfNext() {
        boolean oversized =
                faults.has(CarrierFault.OVERSIZED_MEDIA) && frames % OVERSIZED_EVERY == 1;
        return oversized ? 250 : 1;
    }

    /// What is sent now that `message` is due.
    List<String> due(String message) {
        frames++;
        List<String> due = new ArrayList<>();
        if (faults.has(CarrierFault.MALFORMED_MEDIA) && frames % MALFORMED_EVERY == 0) {
            due.add(MALFORMED.get(malformed++ % MALFORMED.size()));
        }
        held.add(message);
        if (faults.has(CarrierFault.LATE_MEDIA)) {
            while (held.size() > LATE_FRAMES) {
                due.add(held.remove());
            }
        } else if (faults.has(CarrierFault.BURSTY_MEDIA)) {
            if (held.size() >= BURST_FRAMES) {
                due.addAll(held);
                held.clear();
            }
        } else if (faults.has(CarrierFault.REORDERED_MEDIA)
                || (!ordered && frames % SHUFFLED_EVERY <= 1 && frames > 1)) {
            if (held.size() >= 2) {
                due.addAll(new ArrayList<>(held).reversed());
                held.clear();
            }
        } else {
            due.addAll(held);
            held.clear();
        }
        return due;
    }
}
