package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.asterisk.ari.AriException;
import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether Asterisk has a port left for one more ExternalMedia channel. Asterisk 22.10 crashes when it
/// has none, whoever took them, and every conversation is lost.
///
/// Asterisk takes an even port of its range on the address where we receive. Linux lists the ports
/// that are taken on this host in `/proc/net/udp`; of an Asterisk on another host nothing is known, and
/// everything is asked of it.
///
/// Thread-safe.
final class FreePorts {
    // Linux: sl, local address and port in hexadecimal, then the rest.
    private static final Pattern LINE =
            Pattern.compile("\\s*[0-9]+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) .*");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
    // Addresses with which a port of 127.0.0.1 is taken: its own, 0.0.0.0, ::, and both mapped into
    // IPv6.
    private static final List<String> LOOPBACK =
            List.of(
                    "0100007F",
                    "00000000",
                    "00000000000000000000000000000000",
                    "0000000000000000FFFF00000100007F",
                    "0000000000000000FFFF000000000000");
    // For a request whose answer was lost, and whatever else takes a port in the same moment.
    private static final int RESERVE = 2;

    private final List<Path> tables;
    private final boolean sameHost;
    private @Nullable Range range;
    private int asked;

    private record Range(int first, int last) {
        int evenPorts() {
            return last / 2 - (first + 1) / 2 + 1;
        }
    }

    /// `sameHost`: media between Asterisk and us stays on 127.0.0.1.
    static FreePorts ofThisMachine(boolean sameHost) {
        return new FreePorts(
                sameHost, List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6")));
    }

    FreePorts(boolean sameHost, List<Path> tables) {
        this.sameHost = sameHost;
        this.tables = List.copyOf(tables);
    }

    /// Asterisk's range, as `first-last`. Anything else is no range, and then nothing is held back.
    synchronized void range(String text) {
        Matcher parts = RANGE.matcher(text);
        range =
                parts.matches()
                        ? new Range(
                                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)))
                        : null;
    }

    /// Makes the request when there is a port for it; else fails with status 503 without asking.
    <T> Future<T> ask(Supplier<Future<T>> request) {
        if (!take()) {
            return Future.failedFuture(
                    new AriException(503, "externalMedia: no media port is free", null));
        }
        return request.get().onComplete(_ -> give());
    }

    private synchronized boolean take() {
        if (range == null || !sameHost || free(range) - asked > RESERVE) {
            asked++;
            return true;
        }
        return false;
    }

    private synchronized void give() {
        asked--;
    }

    private int free(Range range) {
        var taken = new BitSet();
        tables.forEach(table -> read(table, taken));
        int free = range.evenPorts();
        for (int port = taken.nextSetBit(range.first); port >= 0 && port <= range.last; ) {
            if (port % 2 == 0) {
                free--;
            }
            port = taken.nextSetBit(port + 1);
        }
        return free;
    }

    private static void read(Path table, BitSet taken) {
        try {
            // A host without IPv6 has no table of it.
            if (!Files.exists(table)) {
                return;
            }
            for (String line : Files.readAllLines(table)) {
                Matcher socket = LINE.matcher(line);
                if (socket.matches() && LOOPBACK.contains(socket.group(1))) {
                    taken.set(Integer.parseInt(socket.group(2), 16));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
