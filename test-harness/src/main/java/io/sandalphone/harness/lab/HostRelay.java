package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The way out of a network namespace to a few servers elsewhere, and to nothing else.
///
/// Inside, each server's name is a loopback address of its own, where this listens; what connects
/// there is carried on from the network this was opened in. Bytes pass as they are, so TLS still
/// holds from end to end, and neither routes nor a packet filter of the machine are touched.
///
/// Thread-safe.
public final class HostRelay implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int FIRST_ADDRESS = 10;

    private final Path hosts;
    private final List<ServerSocket> doors = new ArrayList<>();

    private HostRelay(Path hosts) {
        this.hosts = hosts;
    }

    /// Opens a way from `inside` to `port` of each of `servers`. `hosts` is the file to write in
    /// which their names stand with their addresses inside. Not to be called on a thread that lives
    /// in a namespace.
    public static HostRelay open(NetNamespace inside, List<String> servers, int port, Path hosts)
            throws IOException {
        var relay = new HostRelay(hosts);
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        try {
            for (String server : servers) {
                String address = address(relay.doors.size());
                ServerSocket door =
                        inside.call(
                                () -> new ServerSocket(port, 50, InetAddress.getByName(address)));
                relay.doors.add(door);
                daemon(() -> accept(door, InetSocketAddress.createUnresolved(server, port)));
                lines.add(address + " " + server);
            }
            Files.write(hosts, lines);
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        } catch (Exception e) {
            relay.close();
            throw new IllegalStateException(e);
        }
        return relay;
    }

    private static String address(int server) {
        return "127.0.0." + (FIRST_ADDRESS + server);
    }

    /// The loopback address of the first server, inside.
    public static String firstAddress() {
        return address(0);
    }

    /// The options with which a virtual machine inside finds the servers, by their names alone.
    public List<String> jvmOptions() {
        return List.of("-Djdk.net.hosts.file=" + hosts);
    }

    // Platform threads: they stay in the network in which they were started.
    private static void daemon(Runnable task) {
        Thread.ofPlatform().name("host-relay").daemon().start(task);
    }

    private static void accept(ServerSocket door, InetSocketAddress server) {
        while (!door.isClosed()) {
            try {
                Socket inside = door.accept();
                daemon(() -> carry(inside, server));
            } catch (IOException _) {
                // Closed, or the other side gave up before it was let in.
            }
        }
    }

    /// What cannot be reached ends the connection, as it would without us.
    private static void carry(Socket inside, InetSocketAddress server) {
        try (inside;
                var outside = new Socket()) {
            outside.connect(
                    new InetSocketAddress(server.getHostString(), server.getPort()),
                    CONNECT_MILLIS);
            inside.setTcpNoDelay(true);
            outside.setTcpNoDelay(true);
            Thread back =
                    Thread.ofPlatform()
                            .name("host-relay")
                            .daemon()
                            .start(() -> pump(outside, inside));
            pump(inside, outside);
            back.join();
        } catch (IOException _) {
            // Both ends are closed by now.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Passes on what comes until nothing more comes, and says so to the other side.
    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            try (from;
                    to) {
                // A connection that broke on one side is broken on the other.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Lets nobody in any more. Who is in stays until one side ends the connection.
    @Override
    public void close() {
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
