package io.sandalphone.harness.twilio;

/// An account of the simulated Twilio.
///
/// @param sid `AC` and 32 hexadecimal digits
/// @param authToken what signs webhooks and opens the REST API
/// @param callsPerSecond how many calls the API begins in one second; more are queued
public record TwilioAccount(String sid, String authToken, int callsPerSecond) {
    /// One that tests may use: it exists nowhere.
    public static final TwilioAccount EXAMPLE =
            new TwilioAccount(
                    "AC00000000000000000000000000000001", "auth-token-of-the-simulator", 1000);
}
