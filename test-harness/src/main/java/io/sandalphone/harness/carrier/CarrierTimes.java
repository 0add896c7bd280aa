package io.sandalphone.harness.carrier;

import java.time.Duration;

/// How long things take at a simulated carrier.
///
/// @param dialling from the request for a call to its ringing
/// @param webhook how long the carrier waits for a document or for the answer to a callback
/// @param detection how long answering-machine detection takes
public record CarrierTimes(Duration dialling, Duration webhook, Duration detection) {
    /// Nothing dawdles, and documents may take as long as Twilio lets them: 15 s.
    public static final CarrierTimes USUAL =
            new CarrierTimes(Duration.ofMillis(20), Duration.ofSeconds(15), Duration.ofMillis(200));

    /// The same, with `patience` for documents.
    public CarrierTimes withWebhook(Duration patience) {
        return new CarrierTimes(dialling, patience, detection);
    }
}
