package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

class UdpPortTest {
    @Test
    void a_port_is_waited_for_until_it_is_free() throws Exception {
        var before = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var local = (InetSocketAddress) before.getLocalSocketAddress();
        try (var opener = Executors.newSingleThreadExecutor()) {
            var opened = opener.submit(() -> UdpPort.open(local));
            assertThrows(BindException.class, () -> new DatagramSocket(local).close());
            before.close();
            try (DatagramSocket socket = opened.get()) {
                assertEquals(local, socket.getLocalSocketAddress());
            }
        }
    }

    @Test
    void a_port_that_stays_taken_is_given_up() throws Exception {
        try (var before =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var local = (InetSocketAddress) before.getLocalSocketAddress();
            assertThrows(BindException.class, () -> UdpPort.open(local));
        }
    }
}
