package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;

import java.net.URI;

/// A Twilio account and how it is used. `authToken` is the primary one, with which Twilio signs.
/// `phoneNumber` is the account's number that those whom we ring are shown. `callsPerSecond` is how many
/// calls the account may begin in a second. With `machineDetection` Twilio tells whether a person
/// answered, while the two talk already.
public record TwilioSettings(
        String accountSid,
        Secret authToken,
        E164 phoneNumber,
        URI apiUrl,
        int callsPerSecond,
        boolean machineDetection) {
    /// Where Twilio's REST interface is.
    public static final URI API = URI.create("https://api.twilio.com");

    public TwilioSettings {
        if (!Sids.isAccount(accountSid)) {
            throw new IllegalArgumentException("account-sid is AC and 32 hexadecimal digits");
        }
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("calls-per-second " + callsPerSecond);
        }
    }

    /// Reads the section `twilio`.
    public static Setting<TwilioSettings> read(Section section) {
        Setting<String> account =
                section.check(
                        "account-sid",
                        section.text("account-sid"),
                        "AC and 32 hexadecimal digits, as the console shows it",
                        Sids::isAccount);
        Setting<Secret> token = section.secret("auth-token");
        Setting<E164> number = section.value("phone-number", E164.EXPECTED, E164::new);
        Setting<URI> api = section.uri("api-url", "https", "http");
        Setting<Integer> rate = section.integer("calls-per-second", 1, 100);
        Setting<Boolean> machines = section.flag("machine-detection");
        return section.make(
                () ->
                        new TwilioSettings(
                                account.get(),
                                token.get(),
                                number.get(),
                                api.get(),
                                rate.get(),
                                machines.get()));
    }
}
