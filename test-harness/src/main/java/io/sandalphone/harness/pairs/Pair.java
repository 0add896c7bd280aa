package io.sandalphone.harness.pairs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Which two legs a call has: who calls, and who is called.
public enum Pair {
    SIP_SIP(Kind.SIP, Kind.SIP),
    TWILIO_TWILIO(Kind.TWILIO, Kind.TWILIO),
    TELNYX_TELNYX(Kind.TELNYX, Kind.TELNYX),
    TWILIO_SIP(Kind.TWILIO, Kind.SIP),
    SIP_TWILIO(Kind.SIP, Kind.TWILIO),
    BROWSER_SIP(Kind.BROWSER, Kind.SIP),
    BROWSER_BROWSER(Kind.BROWSER, Kind.BROWSER),
    /// Tried where Telnyx could differ from Twilio, and not of the [#TABLE].
    TELNYX_SIP(Kind.TELNYX, Kind.SIP);

    /// Those over which all scenarios run.
    public static final List<Pair> TABLE =
            Arrays.stream(values()).filter(pair -> pair != TELNYX_SIP).toList();

    private final Kind caller;
    private final Kind destination;

    Pair(Kind caller, Kind destination) {
        this.caller = caller;
        this.destination = destination;
    }

    /// Two telephones of this kind.
    static Pair alike(Kind kind) {
        return switch (kind) {
            case SIP -> SIP_SIP;
            case TWILIO -> TWILIO_TWILIO;
            case TELNYX -> TELNYX_TELNYX;
            case BROWSER -> BROWSER_BROWSER;
        };
    }

    /// Who calls; of two browsers the one who is there first.
    public Kind caller() {
        return caller;
    }

    /// Who is called.
    public Kind destination() {
        return destination;
    }

    /// Whether somebody of it has this kind of leg.
    public boolean has(Kind kind) {
        return caller == kind || destination == kind;
    }

    /// Whether one carrier has both legs.
    public boolean isOfOneCarrier() {
        return caller == destination;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
