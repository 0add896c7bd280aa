package io.sandalphone.harness.transport;

import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.sandalphone.transport.Did;
import io.vertx.core.Vertx;

/// The transport against the simulated Twilio.
class TwilioTransportTest extends TransportContract<SimulatedTwilio> {
    @Override
    protected SimulatedTwilio simulated(Vertx vertx) {
        return SimulatedTwilio.start(vertx);
    }

    @Override
    protected Did did() {
        return Did.twilio(NUMBER, carrier.account().sid(), carrier.account().authToken());
    }
}
