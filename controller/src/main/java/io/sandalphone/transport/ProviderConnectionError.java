package io.sandalphone.transport;

import java.io.Serial;

/// The connection over which a call's sound comes broke off, never came about, or brought nothing for ten minutes; the call is
/// over. Subscribers of its sound are told by `onError`.
public final class ProviderConnectionError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    public ProviderConnectionError(String message) {
        super(message);
    }
}
