package io.sandalphone.harness.carrier;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A call that the REST API was asked for.
///
/// @param to who is called, E.164 or a `sip:` address
/// @param from the number that is shown
/// @param document what the call runs when it is answered; where it is null, `url` is asked
/// @param url where the document is, null with `document`
/// @param method how `url` is asked: `GET` or `POST`
/// @param fallbackUrl where it is asked for when that fails, if anywhere
/// @param statusCallback where the call's progress is told, if anywhere
/// @param statusEvents of what is told: `initiated`, `ringing`, `answered`, `completed`
/// @param timeout how long it rings at most
/// @param timeLimit how long it lasts at most
/// @param detection what answering-machine detection is to do
public record CallOrder(
        String to,
        String from,
        @Nullable String document,
        @Nullable String url,
        String method,
        @Nullable String fallbackUrl,
        @Nullable String statusCallback,
        String statusCallbackMethod,
        Set<String> statusEvents,
        Duration timeout,
        Optional<Duration> timeLimit,
        Detection detection) {
    /// Answering-machine detection.
    ///
    /// @param wanted whether there is any
    /// @param callback where its finding is told while the call goes on; null when the call waits for it
    public record Detection(boolean wanted, @Nullable String callback) {
        /// Nobody asks who answered.
        public static final Detection NONE = new Detection(false, null);
    }
}
