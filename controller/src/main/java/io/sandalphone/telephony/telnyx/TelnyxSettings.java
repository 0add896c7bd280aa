package io.sandalphone.telephony.telnyx;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;

import java.net.URI;
import java.nio.ByteOrder;
import java.util.regex.Pattern;

/// A Telnyx account with its TeXML application, and how it is used. `publicKey` is what Telnyx' signatures are
/// checked with. `phoneNumber` is the account's number that those whom we ring are shown. `callsPerSecond` is
/// how many calls the account may begin in a second. With `machineDetection` Telnyx tells whether a person
/// answered, while the two talk already. `codec` is how our sound is coded; `linear` is which byte of a sample
/// comes first where that is L16, in either direction.
public record TelnyxSettings(
        Secret apiKey,
        String publicKey,
        String appId,
        E164 phoneNumber,
        URI apiUrl,
        int callsPerSecond,
        boolean machineDetection,
        TelnyxCodec codec,
        Linear linear) {
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /// Which byte of a linear sample comes first.
    public enum Linear {
        /// The high one, as RFC 2586 has it.
        BIG_ENDIAN,
        /// The low one.
        LITTLE_ENDIAN
    }

    public TelnyxSettings {
        if (!TelnyxSignature.isKey(publicKey)) {
            throw new IllegalArgumentException("public-key is base64 of 32 bytes");
        }
        if (!APP.matcher(appId).matches()) {
            throw new IllegalArgumentException("app-id is made of letters, digits and -");
        }
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("calls-per-second " + callsPerSecond);
        }
    }

    /// Reads the section `telnyx`.
    public static Setting<TelnyxSettings> read(Section section) {
        Setting<Secret> apiKey = section.secret("api-key");
        Setting<String> publicKey =
                section.check(
                        "public-key",
                        section.text("public-key"),
                        "base64 of 32 bytes, as the portal shows it under Keys & Credentials,"
                                + " Public Key",
                        TelnyxSignature::isKey);
        Setting<String> app =
                section.check(
                        "app-id",
                        section.text("app-id"),
                        "the id of a TeXML application, as the portal shows it",
                        text -> APP.matcher(text).matches());
        Setting<E164> number = section.value("phone-number", E164.EXPECTED, E164::new);
        Setting<URI> api = section.uri("api-url", "https", "http");
        Setting<Integer> rate = section.integer("calls-per-second", 1, 100);
        Setting<Boolean> machines = section.flag("machine-detection");
        Setting<TelnyxCodec> codec = section.choice("codec", TelnyxCodec.class);
        Setting<Linear> linear = section.choice("l16-byte-order", Linear.class);
        return section.make(
                () ->
                        new TelnyxSettings(
                                apiKey.get(),
                                publicKey.get(),
                                app.get(),
                                number.get(),
                                api.get(),
                                rate.get(),
                                machines.get(),
                                codec.get(),
                                linear.get()));
    }

    ByteOrder byteOrder() {
        return switch (linear) {
            case BIG_ENDIAN -> ByteOrder.BIG_ENDIAN;
            case LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
        };
    }
}
