package io.sandalphone.harness.transport;

import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.sandalphone.transport.Did;
import io.vertx.core.Vertx;

/// The transport against the simulated Telnyx.
class TelnyxTransportTest extends TransportContract<SimulatedTelnyx> {
    @Override
    protected SimulatedTelnyx simulated(Vertx vertx) {
        return SimulatedTelnyx.start(vertx);
    }

    @Override
    protected Did did() {
        return Did.telnyx(NUMBER, carrier.keys().publicKey());
    }
}
