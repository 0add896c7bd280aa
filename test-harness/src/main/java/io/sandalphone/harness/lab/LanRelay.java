package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The way from the network this machine is in to an [AsteriskHost]: UDP that comes to an address of this
/// machine is carried to the same port of Asterisk, and what Asterisk answers to whoever sent it. Bytes
/// pass as they are; Asterisk itself names that address as its own ([#options]).
///
/// To Asterisk all of it comes from one address of the carrier's network.
///
/// Thread-safe.
public final class LanRelay implements AutoCloseable {
    private static final String GUEST_ADDRESS = "10.77.0.8";
    private static final int SIP_PORT = 5060;
    private static final int LARGEST_DATAGRAM = 65_535;

    // Senders at a time, each with a port; the one that has been quiet for longest makes room.
    private static final int MAX_SENDERS = 256;

    private final AsteriskHost host;
    private final Selector selector;
    private final List<DatagramChannel> doors = new ArrayList<>();
    private final Map<Sender, DatagramChannel> inside =
            new LinkedHashMap<>(MAX_SENDERS, 0.75f, true);
    private final Thread carrier =
            Thread.ofPlatform().name("lan-relay").daemon().unstarted(this::carry);

    /// Who sent something, and the door at which it came.
    private record Sender(DatagramChannel door, SocketAddress address) {}

    private LanRelay(AsteriskHost host) throws IOException {
        this.host = host;
        selector = Selector.open();
    }

    /// An address of this machine where phones of its own network may call in. Others are refused: what
    /// is open to the whole Internet is found within minutes.
    ///
    /// @throws IllegalArgumentException when it is none
    public static InetAddress address(String text) {
        try {
            InetAddress address = InetAddress.getByName(text);
            if (address instanceof Inet4Address
                    && (address.isSiteLocalAddress() || address.isLoopbackAddress())) {
                return address;
            }
        } catch (UnknownHostException _) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "expected a private IPv4 address of this machine, such as 192.168.1.10, found "
                        + text);
    }

    /// The host to boot for a relay at `lan`, with media on these ports.
    public static AsteriskHost.Options options(InetAddress lan, int firstRtpPort, int lastRtpPort) {
        String both = AsteriskHost.CARRIER_ADDRESS + " " + GUEST_ADDRESS;
        return new AsteriskHost.Options(
                Map.of(),
                firstRtpPort,
                lastRtpPort,
                Map.of(
                        "EXTERNAL_ADDRESS",
                        lan.getHostAddress(),
                        // Asterisk names its own address only in place of one of these.
                        "LOCAL_NETWORKS",
                        AsteriskHost.CARRIER_ADDRESS + " " + AsteriskHost.ADDRESS,
                        "TRUNK_ADDRESSES",
                        both,
                        // A softphone names its own address, which is not to be reached from here.
                        "TRUNK_REWRITE_CONTACT",
                        "yes",
                        "MEDIA_NETWORKS",
                        both));
    }

    /// Opens the port for SIP and those for media at `lan`. Not to be called on a thread that lives in a
    /// namespace.
    public static LanRelay open(
            AsteriskHost host, InetAddress lan, int firstRtpPort, int lastRtpPort)
            throws IOException {
        Command.run(
                host.carrier()
                        .command("ip", "address", "add", GUEST_ADDRESS + "/24", "dev", "lab0"));
        var relay = new LanRelay(host);
        try {
            relay.listen(new InetSocketAddress(lan, SIP_PORT));
            for (int port = firstRtpPort; port <= lastRtpPort; port++) {
                relay.listen(new InetSocketAddress(lan, port));
            }
        } catch (IOException e) {
            relay.close();
            throw e;
        }
        relay.carrier.start();
        return relay;
    }

    private void listen(InetSocketAddress local) throws IOException {
        DatagramChannel door = DatagramChannel.open();
        doors.add(door);
        try {
            door.bind(local).configureBlocking(false);
        } catch (IOException e) {
            throw new IOException("cannot receive at " + local + ": " + e.getMessage(), e);
        }
        door.register(selector, SelectionKey.OP_READ);
    }

    private void carry() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        try {
            while (selector.isOpen()) {
                selector.select(
                        key -> {
                            if (key.isValid()) {
                                carry(key, datagram);
                            }
                        });
            }
        } catch (ClosedSelectorException _) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A datagram that cannot be carried on is lost, as on any network.
    private void carry(SelectionKey key, ByteBuffer datagram) {
        var channel = (DatagramChannel) key.channel();
        try {
            datagram.clear();
            SocketAddress from = channel.receive(datagram);
            if (from == null) {
                return;
            }
            datagram.flip();
            if (key.attachment() instanceof Sender sender) {
                sender.door.send(datagram, sender.address);
            } else {
                inside(new Sender(channel, from)).write(datagram);
            }
        } catch (IOException _) {
            // Such as an ICMP error of something sent before.
        }
    }

    private DatagramChannel inside(Sender sender) throws IOException {
        DatagramChannel known = inside.get(sender);
        if (known != null) {
            return known;
        }
        if (inside.size() == MAX_SENDERS) {
            var eldest = inside.entrySet().iterator();
            eldest.next().getValue().close();
            eldest.remove();
        }
        int port = ((InetSocketAddress) sender.door.getLocalAddress()).getPort();
        DatagramChannel opened = open(port);
        opened.register(selector, SelectionKey.OP_READ, sender);
        inside.put(sender, opened);
        return opened;
    }

    private DatagramChannel open(int port) throws IOException {
        try {
            return host.carrier()
                    .call(
                            () -> {
                                DatagramChannel channel = DatagramChannel.open();
                                channel.bind(new InetSocketAddress(GUEST_ADDRESS, 0))
                                        .connect(new InetSocketAddress(AsteriskHost.ADDRESS, port))
                                        .configureBlocking(false);
                                return channel;
                            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            if (carrier.isAlive()) {
                carrier.join();
            }
            for (DatagramChannel door : doors) {
                door.close();
            }
            for (DatagramChannel channel : inside.values()) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
