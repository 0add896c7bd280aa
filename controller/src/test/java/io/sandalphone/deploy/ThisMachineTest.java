package io.sandalphone.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.ops.SelfSigned;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

class ThisMachineTest {
    @TempDir private Path folder;

    @Test
    void what_a_program_writes_and_how_it_ends_is_told() throws Exception {
        var answer = new ThisMachine().run("sh", "-c", "echo good; echo bad >&2; exit 3");
        assertEquals(new Machine.Answer(3, "good\nbad\n"), answer);
    }

    @Test
    void a_program_that_is_not_there_is_told() {
        assertThrows(IOException.class, () -> new ThisMachine().run("no-such-program"));
    }

    @Test
    void who_listens_answers_until_they_end() throws Exception {
        InetSocketAddress place;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            place = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            assertTrue(new ThisMachine().answers(place));
        }
        assertFalse(new ThisMachine().answers(place));
    }

    /// What Linux has below /proc/sys is read otherwise than a file.
    @Test
    void the_ports_that_linux_lends_are_read_whole() throws Exception {
        var machine = new FakeMachine(folder);
        Path lent = Path.of("proc/sys/net/ipv4/ip_local_port_range");
        machine.delete(lent.toString());
        Files.createSymbolicLink(folder.resolve(lent), Path.of("/").resolve(lent));
        String[] range = Files.readAllLines(Path.of("/").resolve(lent)).getFirst().split("\\s+", 2);
        machine.write(
                "etc/sandalphone/asterisk.values",
                "SIP_BIND=192.0.2.2:5060\nRTP_FIRST_PORT=%s\nRTP_LAST_PORT=%s\n"
                        .formatted(range[0], range[0]),
                "rw-------");
        var deployment = new Deployment(Optional.empty(), 443, Map.of(), 40, true, Map.of(), true);
        assertTrue(
                new MediaPortsCheck(deployment, machine)
                        .check()
                        .getFirst()
                        .message()
                        .contains("now %s to %s".formatted(range[0], range[1])));
    }

    @Test
    void a_certificate_is_good_for_its_name_and_for_those_who_trust_it() throws Exception {
        var own = new SelfSigned(folder);
        try (var server =
                own.identity()
                        .getServerSocketFactory()
                        .createServerSocket(0, 3, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> shakeHands(server));
            var trusting = new ThisMachine(own.trust().getSocketFactory());
            int port = server.getLocalPort();
            // keytool's certificates are good for 90 days.
            Duration left =
                    Duration.between(Instant.now(), trusting.certificateUntil("localhost", port));
            assertTrue(left.toDays() == 89 || left.toDays() == 90, left::toString);
            assertThrows(SSLException.class, () -> trusting.certificateUntil("127.0.0.1", port));
            assertThrows(
                    SSLException.class,
                    () -> new ThisMachine().certificateUntil("localhost", port));
        }
    }

    /// With everybody who comes, until the server is closed.
    private static void shakeHands(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = (SSLSocket) server.accept()) {
                client.startHandshake();
            } catch (IOException _) {
                // They do not trust it, or the test is over.
            }
        }
    }
}
