package io.sandalphone.speech.http;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.SpeechException;

/// Says of an examination of a service that failed which setting to change.
public final class FailedCheck {
    private FailedCheck() {}

    /// The finding for `failure`.
    ///
    /// @param refused the key to blame when we are not let in
    /// @param rejected the key to blame when the service does not know what was asked for
    /// @param address the key to blame when nobody answers
    public static Finding of(
            SpeechException failure, String refused, String rejected, String address) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case CREDENTIALS -> Finding.fault(refused, message);
            case REQUEST -> Finding.fault(rejected, message);
            case UNREACHABLE, TIMEOUT -> Finding.fault(address, message);
            case QUOTA -> Finding.fault("", message);
            case OVERLOADED, PROVIDER_FAULT -> Finding.warning("", message);
        };
    }
}
