package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

@RequiresRoot
@Timeout(60)
class HostRelayTest {
    private static final byte[] QUESTION = {1, 2, 3};
    private static final byte[] ANSWER = {4, 5};

    @TempDir private Path folder;

    private static byte[] exchange(int port) throws Exception {
        try (var socket = new Socket(InetAddress.getByName("127.0.0.10"), port)) {
            socket.getOutputStream().write(QUESTION);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void bytes_pass_both_ways_and_so_does_their_end() throws Exception {
        try (var inside = NetNamespace.create("relay");
                var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var relay =
                        HostRelay.open(
                                inside,
                                List.of("localhost"),
                                server.getLocalPort(),
                                folder.resolve("hosts"))) {
            var asked = new CompletableFuture<byte[]>();
            Thread.ofPlatform()
                    .daemon()
                    .start(
                            () -> {
                                try (Socket socket = server.accept()) {
                                    asked.complete(socket.getInputStream().readAllBytes());
                                    socket.getOutputStream().write(ANSWER);
                                } catch (Exception e) {
                                    asked.completeExceptionally(e);
                                }
                            });
            byte[] answer = inside.call(() -> exchange(server.getLocalPort()));
            assertArrayEquals(QUESTION, asked.join());
            assertArrayEquals(ANSWER, answer);
            assertEquals(
                    List.of("-Djdk.net.hosts.file=" + folder.resolve("hosts")), relay.jvmOptions());
        }
    }

    @Test
    void a_server_that_is_not_there_ends_the_connection() throws Exception {
        int nobody;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = server.getLocalPort();
        }
        try (var inside = NetNamespace.create("relay");
                var _ =
                        HostRelay.open(
                                inside, List.of("localhost"), nobody, folder.resolve("hosts"))) {
            byte[] answer =
                    inside.call(
                            () -> {
                                try (var socket =
                                        new Socket(InetAddress.getByName("127.0.0.10"), nobody)) {
                                    return socket.getInputStream().readAllBytes();
                                }
                            });
            assertEquals(0, answer.length);
        }
    }

    @Test
    void names_stand_for_the_way_out_and_nothing_else_leads_out() throws Exception {
        try (var inside = NetNamespace.create("relay");
                var elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var _ =
                        HostRelay.open(
                                inside,
                                List.of("a.example", "b.example"),
                                8443,
                                folder.resolve("hosts"))) {
            assertEquals(
                    List.of("127.0.0.1 localhost", "127.0.0.10 a.example", "127.0.0.11 b.example"),
                    Files.readAllLines(folder.resolve("hosts")));
            assertThrows(
                    ConnectException.class,
                    () -> inside.call(() -> exchange(elsewhere.getLocalPort())));
        }
    }
}
