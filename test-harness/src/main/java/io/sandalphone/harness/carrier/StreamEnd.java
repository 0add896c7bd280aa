package io.sandalphone.harness.carrier;

/// Why a media stream ended, or could not begin, with the numbers that Twilio has for it (TeXML has
/// none of its own).
public enum StreamEnd {
    /// The call ended or went on with another document.
    STOPPED(0),
    CONNECT_TIMEOUT(31901),
    REFUSED(31902),
    /// The connection broke off without a closing handshake.
    BROKEN(31903),
    TLS(31910),
    /// The server answered the handshake with something else than 101, or the address has a query.
    HANDSHAKE(31920),
    /// The server closed the socket in due form.
    CLOSED(31921),
    SCHEME(31922),
    URL(31923),
    /// What came was no WebSocket frame.
    PROTOCOL(31924);

    private final int code;

    StreamEnd(int code) {
        this.code = code;
    }

    /// Twilio's number of the error, 0 for none.
    public int code() {
        return code;
    }
}
