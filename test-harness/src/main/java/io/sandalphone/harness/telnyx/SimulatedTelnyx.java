package io.sandalphone.harness.telnyx;

import io.sandalphone.harness.carrier.CarrierFaults;
import io.sandalphone.harness.carrier.CarrierTimes;
import io.sandalphone.harness.carrier.RestServer;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.vertx.core.Vertx;

import java.net.URI;

/// A simulated Telnyx with one account and one TeXML application.
///
/// Its webhooks are signed as those of Telnyx are, with a key pair of its own, its calls run TeXML, its
/// streams speak as media streaming does, a few frames of them out of order, and its REST API makes,
/// ends and redirects calls. See [SimulatedCarrier].
public final class SimulatedTelnyx extends SimulatedCarrier {
    private final TelnyxAccount account;
    private final TelnyxKeys keys;
    private final RestServer server;

    private SimulatedTelnyx(
            Vertx vertx,
            TelnyxAccount account,
            TelnyxKeys keys,
            CarrierFaults faults,
            CarrierTimes times,
            int apiPort) {
        super(vertx, new TelnyxDialect(account, keys, faults), faults, times);
        this.account = account;
        this.keys = keys;
        server = serve(new TelnyxApi(control(), account), apiPort);
    }

    /// Starts one with an account of its own, that takes the usual times.
    public static SimulatedTelnyx start(Vertx vertx) {
        return start(vertx, TelnyxAccount.EXAMPLE, TelnyxKeys.generate(), CarrierTimes.USUAL, 0);
    }

    /// Starts one with `account`, whose webhooks are signed by `keys`.
    ///
    /// @param apiPort where its REST API listens on loopback; 0 for any port that is free
    public static SimulatedTelnyx start(
            Vertx vertx, TelnyxAccount account, TelnyxKeys keys, CarrierTimes times, int apiPort) {
        return new SimulatedTelnyx(vertx, account, keys, new CarrierFaults(), times, apiPort);
    }

    /// Its account.
    public TelnyxAccount account() {
        return account;
    }

    /// What signs its webhooks.
    public TelnyxKeys keys() {
        return keys;
    }

    @Override
    public URI api() {
        return server.address();
    }

    @Override
    public void close() {
        super.close();
        server.close();
    }
}
