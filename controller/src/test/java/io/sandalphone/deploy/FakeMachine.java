package io.sandalphone.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A server on which everything is as it should be, until a test changes something. What nft and fail2ban-client say is
/// what those of Debian 13 said.
final class FakeMachine implements Machine {
    static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static final String FENCE =
            """
            table ip sandalphone {
            	set trunk {
            		type ipv4_addr
            		flags interval
            		auto-merge
            		elements = { 192.0.2.10 }
            	}

            	set media {
            		type ipv4_addr
            		flags interval
            		auto-merge
            		elements = { 192.0.2.10 }
            	}

            	chain input {
            		type filter hook input priority filter - 10; policy accept;
            		iifname "lo" ip daddr 127.0.0.0/8 accept
            		udp dport 5060 ip saddr != @sip counter packets 0 bytes 0 drop
            		udp dport 10000-19999 ip saddr != @media counter packets 0 bytes 0 drop
            		tcp dport 8088 counter packets 0 bytes 0 drop
            	}
            }
            """;
    private static final String HOST =
            """
            table inet sandalphone-host {
            	chain input {
            		type filter hook input priority filter; policy drop;
            		ct state established,related accept
            		iifname "lo" accept
            		meta l4proto { 1, 58 } accept
            		tcp dport 22 accept
            		ip daddr 192.0.2.2 udp dport { 5060, 10000-19999 } accept
            		counter packets 5 bytes 300
            	}
            }
            """;
    private static final String JAIL =
            """
            Status for the jail: sandalphone
            |- Filter
            |  |- Currently failed:	0
            |  |- Total failed:	0
            |  `- Journal matches:	_SYSTEMD_UNIT=sandalphone.service
            `- Actions
               |- Currently banned:	0
               |- Total banned:	0
               `- Banned IP list:
            """;
    private static final String FILE_JAIL =
            """
            Status for the jail: sandalphone-sip
            |- Filter
            |  |- Currently failed:	0
            |  |- Total failed:	0
            |  `- File list:	/var/log/sandalphone-asterisk/security.log
            `- Actions
               |- Currently banned:	0
               |- Total banned:	0
               `- Banned IP list:
            """;

    final Map<String, Answer> programs = new HashMap<>();
    final Map<String, List<InetAddress>> names = new HashMap<>();
    final Set<InetSocketAddress> open = new HashSet<>();
    int processors = 8;
    @Nullable Instant certificate = NOW.plusSeconds(60L * 24 * 3600);
    private final Path root;

    FakeMachine(Path root) throws IOException {
        this.root = root;
        programs.put("nft list table ip sandalphone", new Answer(0, FENCE));
        programs.put("nft list table inet sandalphone-host", new Answer(0, HOST));
        programs.put("timedatectl show -p NTPSynchronized --value", new Answer(0, "yes\n"));
        programs.put("fail2ban-client status sandalphone", new Answer(0, JAIL));
        programs.put("fail2ban-client status sandalphone-ari", new Answer(0, JAIL));
        programs.put("fail2ban-client status sandalphone-sip", new Answer(0, FILE_JAIL));
        names.put("gw.example.org", List.of(InetAddress.ofLiteral("192.0.2.2")));
        open.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8090));
        open.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8091));
        write(
                "etc/sandalphone/asterisk.values",
                """
                # What differs.
                SIP_BIND=192.0.2.2:5060
                TRUNK_ADDRESSES="192.0.2.10"
                EXTERNAL_ADDRESS=
                RTP_FIRST_PORT=10000
                RTP_LAST_PORT=19999
                FALLBACK_ROUTES="+12125550101=+525512345678 *=+525512345679"
                """,
                "rw-------");
        write("etc/sandalphone/sandalphone.yaml", "routes: {}\n", "rw-r-----");
        write("etc/sandalphone/credentials/http-token", "0123456789abcdef\n", "rw-------");
        mode("etc/sandalphone/credentials", "rwx------");
        write("etc/sandalphone/tls/key.pem", "a key\n", "rw-r-----");
        write("var/log/sandalphone-asterisk/security.log", "", "rw-r-----");
        Files.createDirectories(root.resolve("var/lib/sandalphone-asterisk"));
        write("proc/meminfo", "MemTotal:        8123456 kB\nMemFree: 100 kB\n", "rw-r--r--");
        write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n", "rw-r--r--");
        // Asterisk's, which is whoever made its folder, and somebody's elsewhere.
        udp("020200C0:2712 " + Files.getAttribute(root, "unix:uid"), "00000000:0044 " + nobody());
    }

    /// The number of a user who is not Asterisk's.
    int nobody() throws IOException {
        return (int) Files.getAttribute(root, "unix:uid") + 1;
    }

    /// Who has which UDP ports: `ADDRESS:PORT USER` each, in hexadecimal as Linux writes it.
    void udp(String... sockets) throws IOException {
        var table =
                new StringBuilder(
                        "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when"
                                + " retrnsmt   uid  timeout inode ref pointer drops\n");
        for (String socket : sockets) {
            String[] parts = socket.split(" ", 2);
            table.append(
                    "  387: %s 00000000:0000 07 00000000:00000000 00:00000000 00000000 %5s        0 20313 2 0000000000000000 0\n"
                            .formatted(parts[0], parts[1]));
        }
        write("proc/net/udp", table.toString(), "rw-r--r--");
    }

    /// What `program` says so far.
    String said(String program) {
        return Objects.requireNonNull(programs.get(program)).text();
    }

    void write(String path, String text, String mode) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        mode(path, mode);
    }

    void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString(mode));
    }

    void delete(String path) throws IOException {
        Files.delete(root.resolve(path));
    }

    @Override
    public Set<InetAddress> addresses() {
        return Set.of(InetAddress.getLoopbackAddress(), InetAddress.ofLiteral("192.0.2.2"));
    }

    @Override
    public List<InetAddress> lookUp(String name) throws UnknownHostException {
        List<InetAddress> found = names.get(name);
        if (found == null) {
            throw new UnknownHostException(name);
        }
        return found;
    }

    @Override
    public Instant certificateUntil(String host, int port) throws IOException {
        if (certificate == null) {
            throw new IOException("Connection refused");
        }
        return certificate;
    }

    @Override
    public boolean answers(InetSocketAddress place) {
        return open.contains(place);
    }

    @Override
    public Answer run(String... command) throws IOException {
        Answer answer = programs.get(String.join(" ", command));
        if (answer == null) {
            throw new IOException("Cannot run program \"" + command[0] + "\"");
        }
        return answer;
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public int processors() {
        return processors;
    }

    @Override
    public Path root() {
        return root;
    }
}
