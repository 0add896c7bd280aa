package io.sandalphone.harness.demo;

import java.util.List;
import java.util.Optional;

/// All that a call leaves to be measured: what the phones recorded, what the controller reported, and
/// what was left after it.
public record CallOutcome(
        String result,
        String reason,
        DemoCarrier carrier,
        String asteriskVersion,
        Providers providers,
        Recordings recordings,
        List<UtteranceReport> utterances,
        List<KnownSpeech> known,
        Optional<CostReport> cost,
        LeftBehind leftBehind) {
    /// What is still there when the call is over: at the carrier, and at the recognizer, where that can
    /// tell.
    public record LeftBehind(int channels, int bridges, Optional<Sessions> sessions) {
        public boolean nothing() {
            return carrierHasNothing() && sessions.map(Sessions::allEnded).orElse(true);
        }

        boolean carrierHasNothing() {
            return channels == 0 && bridges == 0;
        }
    }

    /// The sessions at a recognizer that bills each until it is ended: how many were opened, and how
    /// many of them were ended as they should be.
    public record Sessions(int opened, int terminated) {
        boolean allEnded() {
            return opened > 0 && opened == terminated;
        }
    }
}
