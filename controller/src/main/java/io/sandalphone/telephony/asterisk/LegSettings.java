package io.sandalphone.telephony.asterisk;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.InetAddress;

/// Where Asterisk opens the connections of legs whose sound passes through us: an IP address of this
/// machine and a TCP port, 0 for any free one. Asterisk's `websocket_client.conf` names the same.
public record LegSettings(String address, int port) {
    /// Reads the section `asterisk.legs`.
    static Setting<LegSettings> read(Section section) {
        Setting<InetAddress> address =
                section.check(
                        "address",
                        section.ipAddress("address"),
                        "an address of this machine that nobody else reaches, such as 127.0.0.1",
                        InetAddress::isLoopbackAddress);
        Setting<Integer> port = section.integer("port", 0, 65_535);
        return section.make(() -> new LegSettings(address.get().getHostAddress(), port.get()));
    }
}
