package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Whether the rules that keep strangers from SIP and media are loaded, and let the trunk in: the tables that
/// `asterisk-conf/templates/firewall.nft` and the playbook make.
final class FirewallCheck implements DeployCheck.Part {
    private static final String LOAD = ": systemctl restart sandalphone-firewall";
    private static final String TLS_PORT = "5061";
    private static final Pattern TRUNK_SET = Pattern.compile("set trunk \\{[^}]*elements = \\{");

    private final Deployment deployment;
    private final Machine machine;

    FirewallCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        if (!deployment.asterisk()) {
            return List.of(Finding.ok("no Asterisk: there is no SIP port to fence"));
        }
        var values = AsteriskValues.read(machine);
        if (values.isEmpty()) {
            return List.of(
                    Finding.warning(
                            "",
                            "/etc/sandalphone/asterisk.values is not there, so the ports of an"
                                    + " Asterisk are not known: see that its SIP port is fenced"));
        }
        Machine.Answer fence = machine.run("nft", "list", "table", "ip", "sandalphone");
        if (!fence.ok()) {
            return List.of(
                    Finding.fault(
                            "",
                            "the rules that fence SIP and media are not loaded, so anybody can"
                                    + " call"
                                    + LOAD));
        }
        List<Finding> findings = new ArrayList<>();
        String media = values.firstMediaPort() + "-" + values.lastMediaPort();
        expect(
                findings,
                drops(fence.text(), "udp", values.sipPort(), "sip"),
                "the SIP port, udp " + values.sipPort() + ", is not fenced" + LOAD);
        if (values.overTls()) {
            expect(
                    findings,
                    drops(fence.text(), "tcp", TLS_PORT, "trunk"),
                    "the port of SIP over TLS, tcp " + TLS_PORT + ", is not fenced" + LOAD);
        }
        expect(
                findings,
                drops(fence.text(), "udp", media, "media"),
                "the media ports, udp " + media + ", are not fenced" + LOAD);
        expect(
                findings,
                TRUNK_SET.matcher(fence.text()).find(),
                "no address may call: sandalphone_trunk_addresses has none" + LOAD);
        // Only where the playbook made the host's own rules; others are not understood.
        Machine.Answer host = machine.run("nft", "list", "table", "inet", "sandalphone-host");
        if (host.ok()) {
            expect(
                    findings,
                    host.text().lines().anyMatch(line -> opens(line, values.sipPort(), media)),
                    "the host's rules do not let SIP and media through, udp %s and %s%s"
                            .formatted(values.sipPort(), media, LOAD));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            "udp %s and %s are open to the trunk alone"
                                    .formatted(values.sipPort(), media)));
        }
        return findings;
    }

    private static void expect(List<Finding> findings, boolean so, String otherwise) {
        if (!so) {
            findings.add(Finding.fault("", otherwise));
        }
    }

    /// Whether the table drops what comes to the ports from addresses that are not in the set.
    private static boolean drops(String table, String protocol, String ports, String set) {
        return Pattern.compile(
                        "%s dport %s ip saddr != @%s( counter( packets \\d+ bytes \\d+)?)? drop"
                                .formatted(protocol, ports, set))
                .matcher(table)
                .find();
    }

    private static boolean opens(String rule, String sip, String media) {
        return rule.contains("udp dport")
                && rule.strip().endsWith("accept")
                && rule.matches(".*[{ ]%s[ ,].*".formatted(sip))
                && rule.contains(media);
    }
}
