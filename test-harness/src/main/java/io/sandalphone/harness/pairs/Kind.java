package io.sandalphone.harness.pairs;

/// What carries somebody to the gateway.
public enum Kind {
    /// A SIP telephone behind the real Asterisk.
    SIP("voipms"),
    /// A telephone at the simulated Twilio.
    TWILIO("twilio"),
    /// A telephone at the simulated Telnyx.
    TELNYX("telnyx"),
    /// A browser, or what speaks as one, over `WS /client`.
    BROWSER("client");

    private final String carrier;

    Kind(String carrier) {
        this.carrier = carrier;
    }

    /// As `via` of a route names it.
    String carrier() {
        return carrier;
    }

    /// Whether a carrier's REST interface makes and ends its calls.
    public boolean hasRest() {
        return this == TWILIO || this == TELNYX;
    }
}
