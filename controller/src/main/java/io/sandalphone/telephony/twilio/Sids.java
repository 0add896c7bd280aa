package io.sandalphone.telephony.twilio;

import java.util.regex.Pattern;

/// What Twilio's identifiers look like: two letters for the kind, and 32 hexadecimal digits.
final class Sids {
    private static final Pattern ACCOUNT = Pattern.compile("AC[0-9a-fA-F]{32}");
    private static final Pattern CALL = Pattern.compile("CA[0-9a-fA-F]{32}");

    private Sids() {}

    static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    static boolean isCall(String text) {
        return CALL.matcher(text).matches();
    }
}
