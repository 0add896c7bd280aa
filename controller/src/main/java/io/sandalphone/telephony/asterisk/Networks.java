package io.sandalphone.telephony.asterisk;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A list of IPv4 addresses and networks, as `asterisk-conf/render` writes it: `192.0.2.1,198.51.100.0/24`.
final class Networks {
    private static final Pattern NETWORK =
            Pattern.compile(
                    "([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:/([0-9]{1,2}))?");

    private final List<Network> networks = new ArrayList<>();

    private record Network(int address, int mask) {}

    /// What is neither in the text is left out.
    Networks(String text) {
        for (String word : text.split("[, ]+", -1)) {
            Matcher parts = NETWORK.matcher(word);
            if (parts.matches()) {
                int bits = parts.group(5) == null ? 32 : Integer.parseInt(parts.group(5));
                int mask = bits == 0 ? 0 : -1 << (32 - bits);
                int address = 0;
                for (int i = 1; i <= 4; i++) {
                    address = address << 8 | Integer.parseInt(parts.group(i));
                }
                networks.add(new Network(address & mask, mask));
            }
        }
    }

    boolean contains(Inet4Address address) {
        int bits = ByteBuffer.wrap(address.getAddress()).getInt();
        return networks.stream().anyMatch(each -> (bits & each.mask) == each.address);
    }
}
