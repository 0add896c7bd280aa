package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether the public name leads here, with every address it has.
final class NameCheck implements DeployCheck.Part {
    private final Deployment deployment;
    private final Machine machine;

    NameCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        if (deployment.publicHost().isEmpty()) {
            return List.of(Finding.ok("no public-url: nobody looks for this machine by a name"));
        }
        String host = deployment.publicHost().get();
        List<InetAddress> found;
        try {
            found = machine.lookUp(host);
        } catch (UnknownHostException _) {
            return List.of(
                    Finding.fault(
                            "public-url",
                            host
                                    + " has no address: make an A record for it where the name is"
                                    + " kept"));
        }
        Set<InetAddress> own = new HashSet<>(machine.addresses());
        AsteriskValues.read(machine).externalAddress().ifPresent(own::add);
        List<Finding> findings = new ArrayList<>();
        for (InetAddress address : found) {
            if (!own.contains(address)) {
                findings.add(
                        Finding.warning(
                                "public-url",
                                ("%s has the address %s, which is none of this machine's: right"
                                     + " behind NAT or a proxy, else correct its %s record")
                                        .formatted(
                                                host,
                                                address.getHostAddress(),
                                                address.getAddress().length == 4 ? "A" : "AAAA")));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(host + " leads here: " + addresses(found)));
        }
        return findings;
    }

    private static String addresses(List<InetAddress> found) {
        return String.join(", ", found.stream().map(InetAddress::getHostAddress).toList());
    }
}
