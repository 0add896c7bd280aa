package io.sandalphone.harness.demo;

import java.util.List;
import java.util.Optional;

/// All that a call leaves to be measured: what the phones recorded, what the controller reported, and
/// what Asterisk had left after it.
public record CallOutcome(
        String result,
        String reason,
        String carrier,
        String asteriskVersion,
        Recordings recordings,
        List<UtteranceReport> utterances,
        List<KnownSpeech> known,
        Optional<CostReport> cost,
        LeftBehind leftBehind) {
    /// What Asterisk still has when the call is over.
    public record LeftBehind(int channels, int bridges) {
        public boolean nothing() {
            return channels == 0 && bridges == 0;
        }
    }
}
