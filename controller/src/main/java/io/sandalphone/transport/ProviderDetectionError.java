package io.sandalphone.transport;

import java.io.Serial;

/// A request came for which nothing tells from which carrier it is, or one from a carrier of which there is no number. It is
/// refused with 403. Told to [SipTransportHandler.Builder#onError], at most once a second.
public final class ProviderDetectionError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    public ProviderDetectionError(String message) {
        super(message);
    }
}
