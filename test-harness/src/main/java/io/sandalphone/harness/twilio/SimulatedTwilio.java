package io.sandalphone.harness.twilio;

import io.sandalphone.harness.carrier.CarrierFaults;
import io.sandalphone.harness.carrier.CarrierTimes;
import io.sandalphone.harness.carrier.RestServer;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.vertx.core.Vertx;

import java.net.URI;

/// A simulated Twilio with one account.
///
/// Its webhooks are signed as Twilio's are, its calls run TwiML, its streams are Media Streams, and
/// its REST API makes, ends and redirects calls. See [SimulatedCarrier].
public final class SimulatedTwilio extends SimulatedCarrier {
    private final TwilioAccount account;
    private final RestServer server;

    private SimulatedTwilio(
            Vertx vertx,
            TwilioAccount account,
            CarrierFaults faults,
            CarrierTimes times,
            int apiPort) {
        super(vertx, new TwilioDialect(account), faults, times);
        this.account = account;
        server = serve(new TwilioApi(control(), account), apiPort);
    }

    /// Starts one with an account of its own, that takes the usual times.
    public static SimulatedTwilio start(Vertx vertx) {
        return start(vertx, TwilioAccount.EXAMPLE, CarrierTimes.USUAL, 0);
    }

    /// Starts one with `account`.
    ///
    /// @param apiPort where its REST API listens on loopback; 0 for any port that is free
    public static SimulatedTwilio start(
            Vertx vertx, TwilioAccount account, CarrierTimes times, int apiPort) {
        return new SimulatedTwilio(vertx, account, new CarrierFaults(), times, apiPort);
    }

    /// Its account.
    public TwilioAccount account() {
        return account;
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
