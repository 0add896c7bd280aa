package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

@RequiresRoot
class NetNamespaceTest {
    @Test
    void a_socket_opened_inside_is_reached_from_inside_and_not_from_outside() throws Exception {
        try (var namespace = NetNamespace.create("inside");
                ServerSocket server = namespace.call(NetNamespaceTest::listen)) {
            int port = server.getLocalPort();
            namespace.call(() -> connect("127.0.0.1", port));
            assertThrows(ConnectException.class, () -> connect("127.0.0.1", port));
        }
    }

    @Test
    void two_connected_namespaces_reach_each_other() throws Exception {
        try (var left = NetNamespace.create("left");
                var right = NetNamespace.create("right")) {
            left.connect("10.77.9.1/24", right, "10.77.9.2/24");
            try (ServerSocket server = right.call(NetNamespaceTest::listen)) {
                left.call(() -> connect("10.77.9.2", server.getLocalPort()));
            }
        }
    }

    @Test
    void a_process_runs_inside() throws Exception {
        try (var namespace = NetNamespace.create("process")) {
            assertEquals(
                    namespace.name(), Command.run(namespace.command("ip", "netns", "identify")));
        }
    }

    @Test
    void what_fails_inside_fails_outside_with_the_same_exception() {
        try (var namespace = NetNamespace.create("failing")) {
            assertThrows(
                    IOException.class,
                    () ->
                            namespace.call(
                                    () -> {
                                        throw new IOException("inside");
                                    }));
        }
    }

    @Test
    void closing_deletes_what_was_made_and_leaves_what_was_attached() {
        String name;
        try (var namespace = NetNamespace.create("closing")) {
            name = namespace.name();
            NetNamespace.attach(name).close();
            assertTrue(exists(name));
        }
        assertFalse(exists(name));
    }

    @Test
    void sweeping_removes_what_a_killed_run_left_and_nothing_of_a_running_one() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String leftOver = "sp" + dead.pid() + "-carrier";
        Command.run("ip", "netns", "add", leftOver);
        Process forgotten =
                new ProcessBuilder("ip", "netns", "exec", leftOver, "sleep", "600").start();
        Poll.until(
                Duration.ofSeconds(5),
                () -> !Command.run("ip", "netns", "pids", leftOver).isEmpty(),
                "a process is in the namespace");
        try (var running = NetNamespace.create("running")) {
            NetNamespace.sweep();
            assertFalse(exists(leftOver));
            assertTrue(forgotten.waitFor(5, TimeUnit.SECONDS));
            assertTrue(exists(running.name()));
        }
    }

    private static boolean exists(String name) {
        return Files.exists(Path.of("/run/netns", name));
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0);
    }

    private static boolean connect(String host, int port) throws IOException {
        try (var socket = new Socket(InetAddress.getByName(host), port)) {
            return socket.isConnected();
        }
    }
}
