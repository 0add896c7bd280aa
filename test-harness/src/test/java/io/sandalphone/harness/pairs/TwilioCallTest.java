package io.sandalphone.harness.pairs;

import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

/// Two telephones at Twilio, over a gateway that runs by itself.
class TwilioCallTest extends CarrierCallContract<SimulatedTwilio> {
    @Override
    SimulatedTwilio simulated(Vertx vertx) {
        return SimulatedTwilio.start(vertx);
    }

    @Override
    String name() {
        return "twilio";
    }

    @Override
    String section(SimulatedTwilio twilio, String ours) {
        return """
        twilio:
          account-sid: %s
          auth-token: "%s"
          phone-number: "%s"
          api-url: "%s"
        """
                .formatted(
                        twilio.account().sid(), twilio.account().authToken(), ours, twilio.api());
    }
}
