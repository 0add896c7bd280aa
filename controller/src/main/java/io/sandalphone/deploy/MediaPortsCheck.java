package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether the ports that voices come to are Asterisk's alone: creating media without a free port crashes it.
final class MediaPortsCheck implements DeployCheck.Part {
    // In /proc/net/udp: local address, then its port, then seven columns up to the user.
    private static final int LOCAL = 1;
    private static final int USER = 7;

    private final Deployment deployment;
    private final Machine machine;

    MediaPortsCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        if (!deployment.asterisk()) {
            return List.of(Finding.ok("no Asterisk: there are none"));
        }
        var values = AsteriskValues.read(machine);
        if (values.isEmpty()) {
            return List.of(Finding.ok("not known without /etc/sandalphone/asterisk.values"));
        }
        int first = values.firstMediaPort();
        int last = values.lastMediaPort();
        List<Finding> findings = new ArrayList<>();
        List<Integer> taken = taken(first, last);
        if (!taken.isEmpty()) {
            findings.add(
                    Finding.fault(
                            "",
                            ("other programs have %d of udp %d-%d, such as %d (ss -ulnp): have them"
                                            + " use others, or move sandalphone_rtp_first_port")
                                    .formatted(taken.size(), first, last, taken.getFirst())));
        }
        // By lines, which reads it at once: of what is below /proc/sys a second read gets nothing,
        // and
        // Files.readString begins with one byte.
        String[] lent =
                Files.readAllLines(machine.root().resolve("proc/sys/net/ipv4/ip_local_port_range"))
                        .getFirst()
                        .split("\\s+", 2);
        if (Integer.parseInt(lent[0]) <= last && first <= Integer.parseInt(lent[1])) {
            findings.add(
                    Finding.fault(
                            "",
                            ("Linux lends ports of udp %d-%d to any program: choose others, or set"
                                            + " net.ipv4.ip_local_port_range, now %s to %s")
                                    .formatted(first, last, lent[0], lent[1])));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("udp %d-%d are Asterisk's alone".formatted(first, last)));
        }
        return findings;
    }

    /// Those that another user has than Asterisk.
    private List<Integer> taken(int first, int last) throws IOException {
        String asterisk =
                String.valueOf(
                        Files.getAttribute(
                                machine.root().resolve("var/lib/sandalphone-asterisk"),
                                "unix:uid",
                                LinkOption.NOFOLLOW_LINKS));
        List<Integer> taken = new ArrayList<>();
        for (String table : List.of("proc/net/udp", "proc/net/udp6")) {
            Path file = machine.root().resolve(table);
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns.length <= USER || !columns[LOCAL].matches("[0-9A-F]+:[0-9A-F]{4}")) {
                    continue;
                }
                int port = Integer.parseInt(columns[LOCAL].replaceFirst("^.*:", ""), 16);
                if (port >= first && port <= last && !columns[USER].equals(asterisk)) {
                    taken.add(port);
                }
            }
        }
        return taken;
    }
}
