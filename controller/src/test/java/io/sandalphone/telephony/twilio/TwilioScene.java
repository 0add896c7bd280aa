package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.E164;

import java.net.URI;

/// An account of Twilio's that exists nowhere.
final class TwilioScene {
    static final String ACCOUNT = "AC" + "0".repeat(32);
    static final String CALL = "CA" + "1".repeat(32);
    static final String STREAM = "MZ" + "2".repeat(32);
    static final String NUMBER = "+15550100123";

    private TwilioScene() {}

    static TwilioSettings settings(URI api) {
        return new TwilioSettings(ACCOUNT, new Secret("12345"), new E164(NUMBER), api, 1, false);
    }
}
