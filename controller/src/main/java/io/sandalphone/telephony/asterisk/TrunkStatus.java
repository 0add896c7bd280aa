package io.sandalphone.telephony.asterisk;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Asterisk knows of its trunk, as `res_prometheus` writes it.
///
/// @param text the page, in Prometheus' text format
record TrunkStatus(String text) {
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(asterisk_[a-z_]+)\\{([^}]*)} ([0-9]+)$");

    enum Endpoint {
        ABSENT,
        OFFLINE,
        ONLINE,
        UNKNOWN
    }

    enum Registration {
        REGISTERED,
        REJECTED,
        /// Nobody has answered.
        NONE
    }

    /// The endpoint of that technology and name.
    Endpoint endpoint(String technology, String name) {
        OptionalInt state =
                sample(
                        "asterisk_endpoints_state",
                        "id=\"" + Pattern.quote(technology + "/" + name) + "\"");
        if (state.isEmpty()) {
            return Endpoint.ABSENT;
        }
        return switch (state.getAsInt()) {
            case 1 -> Endpoint.OFFLINE;
            case 2 -> Endpoint.ONLINE;
            default -> Endpoint.UNKNOWN;
        };
    }

    /// What became of the registration at `host`, by whatever port and transport.
    Registration registration(String host) {
        return switch (sample(
                        "asterisk_pjsip_outbound_registration_status",
                        "domain=\"sip:" + Pattern.quote(host) + "[\":;]")
                .orElse(0)) {
            case 1 -> Registration.REGISTERED;
            case 2 -> Registration.REJECTED;
            default -> Registration.NONE;
        };
    }

    private OptionalInt sample(String metric, String labelPattern) {
        Pattern label = Pattern.compile(labelPattern);
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            if (samples.group(1).equals(metric) && label.matcher(samples.group(2)).find()) {
                return OptionalInt.of(Integer.parseInt(samples.group(3)));
            }
        }
        return OptionalInt.empty();
    }
}
