package io.sandalphone.telephony.stream;

import java.util.Locale;

/// Why a socket is refused, or closed by us. `closeStatus` is what it is closed with (RFC 6455, section
/// 7.4.1) once it is open; before that the answer is 403.
public enum StreamRefusal {
    /// Its `Origin` is not the expected one.
    ORIGIN(1008),
    /// No carrier signed it, or announced it.
    UNANNOUNCED(1008),
    /// What came first is in nobody's protocol.
    PROTOCOL(1008),
    /// It did not start in time.
    NO_START(1008),
    /// Its token is nobody's.
    TOKEN_UNKNOWN(1008),
    /// Its token was used before.
    TOKEN_USED(1008),
    /// It is of another call or account than its token.
    WRONG_CALL(1008),
    /// Its sound is in a form that was not asked for.
    FORMAT(1003),
    /// Binary frames came where only text belongs.
    BINARY(1003),
    /// A message was longer than any can be.
    TOO_LONG(1009);

    private final int closeStatus;

    StreamRefusal(int closeStatus) {
        this.closeStatus = closeStatus;
    }

    /// Of the close frame.
    public short closeStatus() {
        return (short) closeStatus;
    }

    /// As written in logs and metrics: `no_start`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
