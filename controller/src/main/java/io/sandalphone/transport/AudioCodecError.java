package io.sandalphone.transport;

import java.io.Serial;

/// Sound in a form that is not known: what was to be sent is no whole number of samples (thrown), or a carrier announced a coding
/// other than G.711 (subscribers of the call's sound are told by `onError`, and the call ends).
public final class AudioCodecError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    public AudioCodecError(String message) {
        super(message);
    }
}
