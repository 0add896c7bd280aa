package io.sandalphone.harness.demo;

import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCarrier;
import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

/// A simulated carrier that runs and has a number whose calls come to a gateway, and what the gateway's
/// configuration says of it. To be made within the network it is to be in.
record SimulatedAccount(SimulatedCarrier carrier, String settings) implements AutoCloseable {
    private static final String HOST = "gateway.example.org";

    /// `name` is the carrier's. Its calls for `number` come to the gateway's public listener on `port`.
    static SimulatedAccount of(String name, String number, int port, Vertx vertx) {
        SimulatedAccount account =
                switch (name) {
                    case "twilio" -> twilio(number, SimulatedTwilio.start(vertx));
                    case "telnyx" -> telnyx(number, SimulatedTelnyx.start(vertx));
                    default -> throw new IllegalArgumentException(name + " is not simulated");
                };
        account.carrier.reach().map(HOST, new Reach.Place("127.0.0.1", port, false));
        account.carrier.number(
                new IncomingNumber(number, "https://" + HOST + "/" + name + "/voice"));
        return new SimulatedAccount(
                account.carrier,
                """
                public-url: https://%s
                public-http: {listen: 127.0.0.1, port: %d}
                """
                                .formatted(HOST, port)
                        + account.settings);
    }

    private static SimulatedAccount twilio(String number, SimulatedTwilio twilio) {
        return new SimulatedAccount(
                twilio,
                """
                twilio:
                  account-sid: %s
                  auth-token: "%s"
                  phone-number: "%s"
                  api-url: "%s"
                """
                        .formatted(
                                twilio.account().sid(),
                                twilio.account().authToken(),
                                number,
                                twilio.api()));
    }

    private static SimulatedAccount telnyx(String number, SimulatedTelnyx telnyx) {
        return new SimulatedAccount(
                telnyx,
                """
                telnyx:
                  api-key: "%s"
                  public-key: "%s"
                  app-id: "%s"
                  phone-number: "%s"
                  api-url: "%s"
                """
                        .formatted(
                                telnyx.account().apiKey(),
                                telnyx.keys().publicKey(),
                                telnyx.account().application(),
                                number,
                                telnyx.api()));
    }

    @Override
    public void close() {
        carrier.close();
    }
}
