package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Requests that never end, and connections that never say anything, at both HTTP listeners: operators
/// are answered meanwhile, calls begin, and what is idle goes away.
final class SlowRequests implements AttackCase {
    /// How long a header may take altogether is the gateway's to say; a minute is too long.
    private static final Duration GONE = Duration.ofSeconds(60);

    private static final int ARI_PORT = 8088;

    @Override
    public int number() {
        return 25;
    }

    @Override
    public String tried() {
        return "thousands of half-sent requests to operators' HTTP, idle connections to ARI";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        ControllerProcess controller = lab.controller();
        List<Socket> held = new ArrayList<>();
        var operators = new RawHttp(lab.host().vps(), ControllerSettings.PORT);
        var ari = new RawHttp(lab.host().vps(), ARI_PORT);
        try (Phones phones = lab.phones()) {
            int count = lab.effort().of(1_500, 15_000);
            hold(operators, count, held);
            int operatorsHeld = held.size();
            hold(ari, 110, held);
            tries.attempt(
                    "an operator, beside " + operatorsHeld + " half-sent requests",
                    () ->
                            Poll.until(
                                    Duration.ofSeconds(10),
                                    () -> controller.get("/health").status() == 200,
                                    () -> "no answer: " + controller.get("/health")));
            tries.attempt(
                    "a new call, beside " + held.size() + " connections",
                    () -> {
                        try (Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
                            pair.deaf(AttackLab.SOON)
                                    .ifPresent(
                                            found -> {
                                                throw new AssertionError(found);
                                            });
                        }
                    });
            long begin = System.nanoTime();
            // One byte now and then is no life either.
            tries.attempt(
                    "the half-sent requests",
                    () ->
                            Poll.until(
                                    GONE,
                                    () -> {
                                        drip(held.subList(0, Math.min(50, operatorsHeld)));
                                        return open(lab, ControllerSettings.PORT) <= 50;
                                    },
                                    () -> open(lab, ControllerSettings.PORT) + " are still open"));
            tries.note("gone %d s later".formatted((System.nanoTime() - begin) / 1_000_000_000));
            tries.attempt(
                    "the idle connections to ARI",
                    () ->
                            Poll.until(
                                    GONE,
                                    () -> open(lab, ARI_PORT) < 60,
                                    () -> open(lab, ARI_PORT) + " are still open"));
        } finally {
            for (Socket each : held) {
                each.close();
            }
        }
    }

    /// Opens connections, as many as it is let, and sends half a request on each: nothing, half a line,
    /// a head without its end, a body that is never complete.
    private static void hold(RawHttp http, int count, List<Socket> held) {
        List<String> halves =
                List.of(
                        "GET /heal",
                        "GET /health HTTP/1.1\r\nHost: x\r\n",
                        "POST /calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + ControllerSettings.TOKEN
                                + "\r\nContent-Length: 100\r\n\r\n{",
                        "");
        for (int i = 0; i < count; i++) {
            try {
                Socket socket = http.connect();
                held.add(socket);
                socket.getOutputStream()
                        .write(halves.get(i % 4).getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException _) {
                // Refused or closed: a limit, as there should be.
                if (i > count / 2) {
                    return;
                }
            }
        }
    }

    private static void drip(List<Socket> sockets) {
        for (Socket each : sockets) {
            try {
                each.getOutputStream().write('x');
            } catch (IOException _) {
                // Closed by the other side, as it should be.
            }
        }
    }

    /// How many connections the listener has.
    private static long open(AttackLab lab, int port) {
        return io.sandalphone.harness.lab.Command.run(
                        lab.host()
                                .vps()
                                .command(
                                        "ss",
                                        "-Htn",
                                        "state",
                                        "established",
                                        "sport",
                                        "=",
                                        ":" + port))
                .lines()
                .filter(line -> !line.isBlank())
                .count();
    }
}
