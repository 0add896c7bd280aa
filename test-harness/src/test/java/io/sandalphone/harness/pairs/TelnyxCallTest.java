package io.sandalphone.harness.pairs;

import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.vertx.core.Vertx;

/// Two telephones at Telnyx, over a gateway that runs by itself.
class TelnyxCallTest extends CarrierCallContract<SimulatedTelnyx> {
    @Override
    SimulatedTelnyx simulated(Vertx vertx) {
        return SimulatedTelnyx.start(vertx);
    }

    @Override
    String name() {
        return "telnyx";
    }

    @Override
    String section(SimulatedTelnyx telnyx, String ours) {
        return """
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
                        ours,
                        telnyx.api());
    }
}
