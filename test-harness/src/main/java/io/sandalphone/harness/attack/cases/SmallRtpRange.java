package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Rendering;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SippScenario;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// More calls than the RTP range has ports for, and ports of it that something else has taken:
/// Asterisk would crash, and with it every conversation.
final class SmallRtpRange implements AttackCase {
    private static final int CALLERS = 30;
    private static final int FIRST = 20_000;

    @Override
    public int number() {
        return 20;
    }

    @Override
    public String tried() {
        return "30 calls in the smallest RTP range that is rendered, its ports taken by others too";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        int smallest = smallest(lab.newFolder("range"));
        tries.note("smallest range rendered: " + smallest + " ports");
        crowd(lab, tries, "calls in " + smallest + " ports", smallest, 0);
        if (!lab.effort().quick()) {
            crowd(lab, tries, "half of the ports taken", smallest, smallest / 2);
            crowd(lab, tries, "nearly all ports taken", smallest, smallest - 14);
        }
    }

    /// The fewest ports that `render` takes.
    private static int smallest(Path folder) throws IOException {
        int refused = 1;
        int taken = 16_384;
        while (taken - refused > 1) {
            int between = (taken + refused) / 2;
            if (Rendering.of(folder, range(between)).code() == 0) {
                taken = between;
            } else {
                refused = between;
            }
        }
        return taken;
    }

    private static Map<String, String> range(int ports) {
        return Map.of(
                "RTP_FIRST_PORT", Integer.toString(FIRST),
                "RTP_LAST_PORT", Integer.toString(FIRST + ports - 1));
    }

    private static void crowd(AttackLab lab, Tries tries, String variant, int ports, int taken)
            throws Exception {
        try (AsteriskHost host =
                        lab.boot(
                                new AsteriskHost.Options(
                                        AttackLab.fallbackRoutes(), FIRST, FIRST + ports - 1));
                ControllerProcess controller =
                        ControllerProcess.start(
                                host,
                                AttackLab.configuration(
                                        host, "limits: {max-concurrent-calls: " + CALLERS + "}"),
                                ControllerProgram.QUICK)) {
            List<DatagramSocket> squatters = occupy(host, taken);
            try (SippScenario _ =
                            SippScenario.destination(
                                    host, SippScenario.Destination.ANSWER, CALLERS, voice());
                    SippScenario callers =
                            SippScenario.callers(
                                    host,
                                    new SippScenario.Callers(
                                            AsteriskHost.CARRIER_ADDRESS,
                                            AttackLab.ONE_WAY,
                                            CALLERS,
                                            CALLERS,
                                            10,
                                            Duration.ofSeconds(15)),
                                    voice())) {
                Poll.until(
                        Duration.ofSeconds(60),
                        () -> callers.statuses().size() == CALLERS || !host.isRunning(),
                        () -> "every caller gets an answer: " + callers.statuses());
                int up = (int) callers.statuses().stream().filter(each -> each == 200).count();
                int sockets = host.isRunning() ? sockets(host) : 0;
                tries.check(
                        variant,
                        host.isRunning(),
                        () -> "Asterisk crashed, after " + up + " of " + CALLERS + " calls");
                if (!host.isRunning()) {
                    return;
                }
                // Each call gets its audio a moment after its answer.
                int attached = attached(controller, up);
                tries.note(
                        "%s: %d calls up, %d interpreted, %d ports, answers %s"
                                .formatted(
                                        variant,
                                        up,
                                        attached,
                                        sockets,
                                        callers.statuses().stream()
                                                .collect(
                                                        Collectors.groupingBy(
                                                                Function.identity(),
                                                                TreeMap::new,
                                                                Collectors.counting()))));
                // A call that was let in has its ports, unless somebody else has taken them.
                tries.check(
                        variant + ", those that were let in",
                        taken > 0 || (up > 0 && attached == up),
                        () -> attached + " of " + up + " are interpreted");
            } finally {
                squatters.forEach(DatagramSocket::close);
            }
            tries.check(variant + ", afterwards", host.isRunning(), () -> "Asterisk crashed");
        }
    }

    /// How many calls are interpreted, once all of them are or time is up.
    private static int attached(ControllerProcess controller, int calls) {
        int[] attached = {0};
        long begin = System.nanoTime();
        Poll.until(
                AttackLab.SOON,
                () -> {
                    attached[0] = 0;
                    for (var session : controller.sessions()) {
                        attached[0] += session.path("audio_attached").asBoolean() ? 1 : 0;
                    }
                    return attached[0] >= calls
                            || System.nanoTime() - begin > Duration.ofSeconds(8).toNanos();
                },
                "the calls are counted");
        return attached[0];
    }

    private static byte[] voice() {
        byte[] silence = new byte[800];
        java.util.Arrays.fill(silence, (byte) 0xFF);
        return silence;
    }

    /// How many UDP sockets Asterisk has.
    private static int sockets(AsteriskHost host) {
        return (int)
                Command.run(host.vps().command("ss", "-Hlunp"))
                        .lines()
                        .filter(line -> line.contains("\"asterisk\""))
                        .count();
    }

    private static List<DatagramSocket> occupy(AsteriskHost host, int count) throws Exception {
        List<DatagramSocket> squatters = new ArrayList<>();
        for (int port = FIRST; squatters.size() < count; port++) {
            int at = port;
            squatters.add(
                    host.vps()
                            .call(() -> new DatagramSocket(new InetSocketAddress("0.0.0.0", at))));
        }
        return squatters;
    }
}
