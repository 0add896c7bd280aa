package io.sandalphone.transport;

import java.io.Serial;

/// A call came to a number that the handler was not given. It is refused. Told to [SipTransportHandler.Builder#onError].
public final class DidNotFoundError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    public DidNotFoundError(String message) {
        super(message);
    }
}
