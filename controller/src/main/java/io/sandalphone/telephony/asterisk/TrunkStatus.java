package io.sandalphone.telephony.asterisk;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Asterisk knows of its trunk, as `res_prometheus` writes it.
///
/// @param text the page, in Prometheus' text format
record TrunkStatus(String text) {
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(asterisk_[a-z_]+)\\{([^}]*)} ([0-9]+)$");

    private static final String REGISTRATION = "asterisk_pjsip_outbound_registration_status";

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
        return registration(
                sample(REGISTRATION, "domain=\"sip:" + Pattern.quote(host) + "[\":;]").orElse(0));
    }

    private static Registration registration(int state) {
        return switch (state) {
            case 1 -> Registration.REGISTERED;
            case 2 -> Registration.REJECTED;
            default -> Registration.NONE;
        };
    }

    /// The registrations that do not stand: `trunk`, or `trunk 1` and so on, by the order of their labels, where there are
    /// several. Those name the account, which is nobody's to tell.
    List<String> lostRegistrations() {
        SortedMap<String, Integer> states = new TreeMap<>();
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            if (samples.group(1).equals(REGISTRATION)) {
                states.put(samples.group(2), Integer.parseInt(samples.group(3)));
            }
        }
        List<String> lost = new ArrayList<>();
        int position = 0;
        for (int state : states.values()) {
            position++;
            if (registration(state) != Registration.REGISTERED) {
                lost.add(states.size() == 1 ? "trunk" : "trunk " + position);
            }
        }
        return lost;
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
