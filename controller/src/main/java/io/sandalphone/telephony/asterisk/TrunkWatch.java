package io.sandalphone.telephony.asterisk;

import io.sandalphone.telephony.asterisk.TrunkStatus.Registration;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks Asterisk now and then whether it is registered at its trunk. Changes nothing there. Of one thread.
public final class TrunkWatch implements AutoCloseable {
    /// How long is believed what the dialplan says of the trunk: asking it takes a channel.
    private static final Duration BELIEVED = Duration.ofHours(1);

    private final AsteriskRest asterisk;
    private @Nullable List<String> hosts;
    private long askedNanos;

    public TrunkWatch(AsteriskSettings settings) {
        asterisk = new AsteriskRest(settings.ari());
    }

    /// Which registrations are lost: `trunk`, or, where there are several, `trunk 1` for the first host and `trunk 2` for the second.
    /// None where Asterisk registers nowhere; nothing at all where it cannot be asked. Blocks for a few request time-outs at most.
    public Optional<List<String>> lostRegistrations() throws InterruptedException {
        try {
            HttpResponse<String> metrics = asterisk.metrics();
            return metrics.statusCode() == 200
                    ? Optional.of(lost(new TrunkStatus(metrics.body()), hosts()))
                    : Optional.empty();
        } catch (IOException _) {
            // That Asterisk is away is told by the connection for calls.
            return Optional.empty();
        }
    }

    /// A registration that nobody has ever answered is on no page of Asterisk's: it is known by `hosts` alone.
    private static List<String> lost(TrunkStatus status, List<String> hosts) {
        if (hosts.isEmpty()) {
            return status.lostRegistrations();
        }
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            if (status.registration(hosts.get(i)) != Registration.REGISTERED) {
                lost.add(hosts.size() == 1 ? "trunk" : "trunk " + (i + 1));
            }
        }
        return lost;
    }

    /// Where the dialplan of asterisk-conf says that Asterisk registers; none by any other.
    private List<String> hosts() throws IOException, InterruptedException {
        List<String> known = hosts;
        if (known != null && System.nanoTime() - askedNanos < BELIEVED.toNanos()) {
            return known;
        }
        Map<String, String> said =
                asterisk.globals(
                        List.of(
                                AsteriskCheck.TRUNK_MODE,
                                AsteriskCheck.TRUNK_HOST,
                                AsteriskCheck.TRUNK_BACKUP));
        List<String> found = new ArrayList<>();
        if (said.getOrDefault(AsteriskCheck.TRUNK_MODE, "").equals("registration")) {
            for (String host : List.of(AsteriskCheck.TRUNK_HOST, AsteriskCheck.TRUNK_BACKUP)) {
                Optional.of(said.getOrDefault(host, ""))
                        .filter(named -> !named.isEmpty())
                        .ifPresent(found::add);
            }
        }
        hosts = List.copyOf(found);
        askedNanos = System.nanoTime();
        return found;
    }

    @Override
    public void close() {
        asterisk.close();
    }
}
