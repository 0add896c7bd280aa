package io.sandalphone.transport;

import java.io.Serial;

/// What goes wrong with the calls of this library, whatever the carrier. No message holds a number, a credential or anything
/// that was said.
public class SipTransportError extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public SipTransportError(String message) {
        super(message);
    }
}
