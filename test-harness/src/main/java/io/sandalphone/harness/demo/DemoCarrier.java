package io.sandalphone.harness.demo;

import picocli.CommandLine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Who carries the demo's call.
public enum DemoCarrier {
    /// A real Asterisk, between two real phones.
    ASTERISK("Asterisk", "channels", "bridges"),
    /// A simulated Twilio, which speaks the real protocols.
    TWILIO("Twilio", "calls", "rooms"),
    /// A simulated Telnyx, likewise.
    TELNYX("Telnyx", "calls", "rooms"),
    /// From a simulated Twilio to a real phone at a real Asterisk.
    TWILIO_TO_SIP("Twilio to Asterisk", "legs", "bridges");

    private final String title;
    private final String legs;
    private final String joints;

    DemoCarrier(String title, String legs, String joints) {
        this.title = title;
        this.legs = legs;
        this.joints = joints;
    }

    /// As a sentence has it.
    String title() {
        return title;
    }

    /// Whether part of it is simulated.
    boolean isSimulated() {
        return this != ASTERISK;
    }

    /// Whether part of it is a real Asterisk, which needs network namespaces, and so root.
    boolean hasAsterisk() {
        return this == ASTERISK || this == TWILIO_TO_SIP;
    }

    /// What is left there, such as `0 channels, 0 bridges`.
    String left(int legs, int joints) {
        return "%d %s, %d %s".formatted(legs, this.legs, joints, this.joints);
    }

    /// As a command line and a report have it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The one of this name, for a command line.
    static DemoCarrier of(String text) {
        return Arrays.stream(values())
                .filter(carrier -> carrier.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CommandLine.TypeConversionException(
                                        "expected one of %s, not %s".formatted(names(), text)));
    }

    private static String names() {
        return Arrays.stream(values()).map(DemoCarrier::toString).collect(Collectors.joining(", "));
    }
}
