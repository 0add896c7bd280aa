package io.sandalphone.telephony.asterisk;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/// Asks Asterisk now and then whether it is registered at its trunk. Changes nothing there.
public final class TrunkWatch implements AutoCloseable {
    private final AsteriskRest asterisk;

    public TrunkWatch(AsteriskSettings settings) {
        asterisk = new AsteriskRest(settings.ari());
    }

    /// Which registrations are lost, as `trunk`, or `trunk 1` and `trunk 2` where there are several; none where Asterisk registers
    /// nowhere. Nothing at all where it cannot be asked. Blocks for a request's time-out at most.
    public Optional<List<String>> lostRegistrations() throws InterruptedException {
        try {
            HttpResponse<String> metrics = asterisk.metrics();
            return metrics.statusCode() == 200
                    ? Optional.of(new TrunkStatus(metrics.body()).lostRegistrations())
                    : Optional.empty();
        } catch (IOException _) {
            // That Asterisk is away is told by the connection for calls.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        asterisk.close();
    }
}
