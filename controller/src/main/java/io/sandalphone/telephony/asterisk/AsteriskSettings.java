package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.asterisk.ari.AriSettings;

/// How Asterisk is reached and used. `mediaAddress` is the IP address at which the controller
/// receives RTP from Asterisk, as Asterisk reaches it.
public record AsteriskSettings(AriSettings ari, Trunk trunk, String mediaAddress) {
    /// The way to the telephone network. `endpoint` is what Asterisk dials, with `{number}` for the
    /// number with its plus sign or `{digits}` for the number without; `callerId` is shown to the
    /// one who is called, empty shows nothing of ours.
    public record Trunk(String endpoint, String callerId) {
        public Trunk {
            if (!takesNumber(endpoint)) {
                throw new IllegalArgumentException(
                        "endpoint \"" + endpoint + "\" has neither {number} nor {digits} in it");
            }
        }

        /// Whether there is a place for the number.
        public static boolean takesNumber(String endpoint) {
            return endpoint.contains("{number}") || endpoint.contains("{digits}");
        }

        /// What Asterisk dials to reach `number`.
        public String endpointFor(E164 number) {
            return endpoint.replace("{number}", number.number())
                    .replace("{digits}", number.number().substring(1));
        }
    }
}
