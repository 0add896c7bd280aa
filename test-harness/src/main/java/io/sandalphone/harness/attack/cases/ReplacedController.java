package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Another controller takes over the application in mid-call: the first one lets go of its calls, and
/// of every recognizer that is billed for them; the people go on talking.
final class ReplacedController implements AttackCase {
    @Override
    public int number() {
        return 6;
    }

    @Override
    public String tried() {
        return "another controller takes over ARI's application in mid-call";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        ControllerProcess controller = lab.controller();
        AsteriskHost host = lab.host();
        try (Phones phones = lab.phones();
                Pair pair = phones.join(controller, AttackLab.ONE_WAY);
                Socket other = new RawHttp(host.vps(), 8088).connect()) {
            String subscribe =
                    """
                    GET /ari/events?app=sandalphone&api_key=%s:%s HTTP/1.1\r
                    Host: 127.0.0.1:8088\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    Sec-WebSocket-Version: 13\r
                    \r
                    """
                            .formatted(AsteriskHost.ARI_USER, AsteriskHost.ARI_SECRET);
            other.getOutputStream().write(subscribe.getBytes(StandardCharsets.US_ASCII));
            tries.attempt(
                    "its sessions",
                    () ->
                            Poll.until(
                                    Duration.ofSeconds(30),
                                    () -> controller.sessions().isEmpty(),
                                    () -> "the first one keeps " + controller.sessions()));
            tries.attempt(
                    "its health",
                    () ->
                            Poll.until(
                                    Duration.ofSeconds(10),
                                    () -> controller.get("/health").status() == 503,
                                    () -> "it calls itself " + controller.get("/health")));
            pair.deaf(AttackLab.SOON)
                    .ifPresentOrElse(found -> tries.broken("the people", found), tries::withstood);
            takeOver(host, pair);
        } finally {
            lab.stopController();
        }
    }

    /// What the first one leaves is for the other, which is this item: once the people have hung up it
    /// removes their bridge.
    private static void takeOver(AsteriskHost host, Pair pair) {
        pair.caller().hangUp();
        pair.destination().hangUp();
        Poll.until(
                AttackLab.SOON,
                () -> host.channels().isEmpty(),
                () -> "both people are gone: " + host.channels());
        for (var bridge : host.bridges()) {
            host.ariRequests().request("DELETE", "/ari/bridges/" + bridge.path("id").asText());
        }
    }
}
