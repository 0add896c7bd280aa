package io.sandalphone.harness.twilio;

import java.util.UUID;

/// Ids as Twilio makes them: two letters and 32 hexadecimal digits.
final class TwilioIds {
    private TwilioIds() {}

    static String next(String letters) {
        return letters + UUID.randomUUID().toString().replace("-", "");
    }
}
