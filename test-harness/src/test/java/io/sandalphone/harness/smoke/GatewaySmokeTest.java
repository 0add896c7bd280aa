package io.sandalphone.harness.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.harness.telnyx.TelnyxKeys;
import io.sandalphone.harness.twilio.TwilioAccount;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/// `scripts/smoke` at a real gateway, with and without operators at its public listener.
class GatewaySmokeTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void operators_are_where_the_settings_have_them(boolean publicOperators) {
        int world = TcpPort.free();
        int own = TcpPort.free();
        try (ControllerProcess gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .with(
                                        """
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        public-operators: %s
                                        public-url: http://127.0.0.1:%d
                                        clients: {}
                                        twilio:
                                          account-sid: %s
                                          auth-token: %s
                                          phone-number: "+15550100"
                                        telnyx:
                                          api-key: KEY-of-nobody
                                          public-key: %s
                                          app-id: "1000000000000000001"
                                          phone-number: "+15550101"
                                        """
                                                .formatted(
                                                        world,
                                                        publicOperators,
                                                        world,
                                                        TwilioAccount.EXAMPLE.sid(),
                                                        TwilioAccount.EXAMPLE.authToken(),
                                                        TelnyxKeys.generate().publicKey())),
                        own,
                        ControllerProgram.QUICK)) {
            String base = "http://127.0.0.1:" + world;
            String there = "http://127.0.0.1:" + (publicOperators ? world : own);
            var deployment =
                    new Deployment(
                            URI.create(base),
                            Optional.of(URI.create(there)),
                            Optional.of(ControllerSettings.TOKEN),
                            Optional.of(TwilioAccount.EXAMPLE.authToken()));
            List<Finding> findings;
            try (HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                findings = Smoke.run(deployment, new Site(client), _ -> {});
            }
            assertEquals(
                    List.of(),
                    findings.stream()
                            .filter(finding -> finding.outcome() == Finding.Outcome.WRONG)
                            .toList(),
                    gateway::log);
            assertEquals(
                    List.of("POST /telnyx/voice, genuine signature"),
                    findings.stream()
                            .filter(finding -> finding.outcome() == Finding.Outcome.UNTRIED)
                            .map(Finding::tried)
                            .toList());
            assertEquals(
                    Finding.Outcome.GOOD,
                    findings.stream()
                            .filter(finding -> finding.tried().equals("GET /sessions, operators"))
                            .findFirst()
                            .orElseThrow()
                            .outcome());
        }
    }
}
