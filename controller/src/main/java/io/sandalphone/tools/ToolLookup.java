package io.sandalphone.tools;

import io.sandalphone.http.GlobalAddresses;

import okhttp3.Dns;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds the addresses of tools' hosts. Whoever has a name's say in the DNS says where it leads: so a name leads into the internet alone, unless the
/// operator has said that it is in a private network, or on this machine. Thread-safe.
public final class ToolLookup implements Dns {
    private static final Logger log = LoggerFactory.getLogger(ToolLookup.class);

    /// A resolver asks again for longer than any tool may take, and no interrupt reaches it.
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final ToolHosts hosts;
    private final Dns names;

    /// Asks this machine's resolver.
    public ToolLookup(ToolHosts hosts) {
        this(hosts, Dns.SYSTEM);
    }

    /// Asks `names`.
    public ToolLookup(ToolHosts hosts, Dns names) {
        this.hosts = hosts;
        this.names = names;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found = found(host);
        if (!hosts.staysOutside(host)) {
            return found;
        }
        List<InetAddress> global = found.stream().filter(GlobalAddresses::contain).toList();
        if (global.isEmpty()) {
            log.atWarn()
                    .addKeyValue("host", host)
                    .log(
                            "a tool was not asked: its host has a private address, and is none of"
                                    + " tools.private-hosts");
            throw new UnknownHostException("no address outside");
        }
        return global;
    }

    /// On a thread that may be left behind.
    private List<InetAddress> found(String host) throws UnknownHostException {
        var found = new CompletableFuture<List<InetAddress>>();
        Thread.ofPlatform()
                .name("tool-lookup")
                .daemon()
                .start(
                        () -> {
                            try {
                                found.complete(names.lookup(host));
                            } catch (UnknownHostException | RuntimeException failure) {
                                found.completeExceptionally(failure);
                            }
                        });
        try {
            return found.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw unknown("interrupted", interrupt);
        } catch (TimeoutException late) {
            throw unknown("no answer in time", late);
        } catch (ExecutionException failure) {
            throw unknown("not found", failure);
        }
    }

    private static UnknownHostException unknown(String why, Exception cause) {
        var unknown = new UnknownHostException(why);
        unknown.initCause(cause);
        return unknown;
    }
}
