package io.sandalphone.transport;

import java.io.Serial;

/// What a number or a handler is made of cannot be used. The message names the key and what belongs there, and repeats neither
/// a credential nor a number: of a number it shows the last three digits.
public final class DidConfigError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    private final String key;

    public DidConfigError(String key, String expected) {
        super(key + ": expected " + expected);
        this.key = key;
    }

    /// The key whose value is wrong: `auth_token`, and in a map of numbers `dids.…006.auth_token`.
    public String key() {
        return key;
    }
}
