package io.sandalphone.transport;

import io.sandalphone.telephony.telnyx.TelnyxCarrier;
import io.sandalphone.telephony.twilio.TwilioCarrier;

/// A carrier whose calls can be had.
public enum Provider {
    /// Twilio, by TwiML and Media Streams.
    TWILIO(TwilioCarrier.NAME),
    /// Telnyx, by TeXML and media streaming.
    TELNYX(TelnyxCarrier.NAME);

    private final String word;

    Provider(String word) {
        this.word = word;
    }

    /// As it is written in paths, metadata and settings: `twilio`.
    public String word() {
        return word;
    }
}
