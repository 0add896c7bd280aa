package io.sandalphone.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// Which addresses lead into the internet, and not to this machine, its link, a private network or a carrier's own (the special-purpose
/// registries of IANA, RFC 6890).
public final class GlobalAddresses {
    private static final List<Range> ELSEWHERE_V4 =
            List.of(
                    Range.of("0.0.0.0", 8),
                    Range.of("10.0.0.0", 8),
                    Range.of("100.64.0.0", 10),
                    Range.of("127.0.0.0", 8),
                    Range.of("169.254.0.0", 16),
                    Range.of("172.16.0.0", 12),
                    Range.of("192.0.0.0", 24),
                    Range.of("192.168.0.0", 16),
                    Range.of("198.18.0.0", 15),
                    Range.of("224.0.0.0", 3));

    private static final Range UNICAST_V6 = Range.of("2000::", 3);

    // Teredo and its like, and 6to4: both lead on to an IPv4 address of the sender's choice.
    private static final List<Range> ELSEWHERE_V6 =
            List.of(Range.of("2001::", 23), Range.of("2002::", 16));

    // Where IPv4 is reached through a translator, whose address ends with the one it leads to (RFC
    // 6052).
    private static final Range TRANSLATED = Range.of("64:ff9b::", 96);

    /// The addresses that begin as `prefix` does, for so many bits.
    // Nobody compares ranges.
    @SuppressWarnings("ArrayRecordComponent")
    private record Range(byte[] prefix, int bits) {
        static Range of(String prefix, int bits) {
            return new Range(InetAddress.ofLiteral(prefix).getAddress(), bits);
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private GlobalAddresses() {}

    /// Whether `address` is one of them.
    public static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return containV4(bytes);
        }
        if (TRANSLATED.contains(bytes)) {
            return containV4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return UNICAST_V6.contains(bytes)
                && ELSEWHERE_V6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static boolean containV4(byte[] address) {
        return ELSEWHERE_V4.stream().noneMatch(range -> range.contains(address));
    }
}
