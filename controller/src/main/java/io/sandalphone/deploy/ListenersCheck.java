package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether the gateway runs: it takes connections where the settings say.
final class ListenersCheck implements DeployCheck.Part {
    private final Deployment deployment;
    private final Machine machine;

    ListenersCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, InetSocketAddress> listener :
                new TreeMap<>(deployment.listeners()).entrySet()) {
            String place =
                    listener.getValue().getAddress().getHostAddress()
                            + ":"
                            + listener.getValue().getPort();
            findings.add(
                    machine.answers(listener.getValue())
                            ? Finding.ok(listener.getKey() + " answers at " + place)
                            : Finding.fault(
                                    listener.getKey(),
                                    "nobody answers at "
                                            + place
                                            + ": systemctl restart sandalphone; journalctl -u"
                                            + " sandalphone -n 50"));
        }
        return findings;
    }
}
