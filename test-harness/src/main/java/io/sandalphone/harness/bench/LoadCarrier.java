package io.sandalphone.harness.bench;

import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.twilio.SimulatedTwilio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/// The simulated Twilio of a load, and where it reaches the gateway: its public listener at port `world` of loopback.
record LoadCarrier(SimulatedTwilio twilio, int world) {
    private static final String HOST = "gateway.example.org";

    /// Where its numbers are announced.
    static final String WEBHOOK = "https://" + HOST + "/twilio/voice";

    LoadCarrier {
        twilio.reach().map(HOST, new Reach.Place("127.0.0.1", world, false));
    }

    /// `settings`, and what the gateway has to be told of it; `number` is the gateway's own.
    ControllerSettings settings(ControllerSettings settings, String number) {
        return settings.with("shutdown: {drain-timeout: 0s}")
                .with("start: {rehearsal: 20s}")
                .with(
                        """
                        public-url: https://%s
                        public-http: {listen: 127.0.0.1, port: %d}
                        twilio:
                          account-sid: %s
                          auth-token: "%s"
                          phone-number: "%s"
                          api-url: "%s"
                          calls-per-second: 100
                        """
                                .formatted(
                                        HOST,
                                        world,
                                        twilio.account().sid(),
                                        twilio.account().authToken(),
                                        number,
                                        twilio.api()));
    }

    /// Whether the gateway's public listener is open.
    boolean reaches() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), world)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    static String called(int call) {
        return "+1555010%04d".formatted(call);
    }

    static String caller(int call) {
        return "+1212555%04d".formatted(call);
    }
}
