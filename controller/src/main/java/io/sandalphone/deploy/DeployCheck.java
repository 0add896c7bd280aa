package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks at everything around the gateway, part by part. It changes nothing, and asks nobody but this machine, its
/// name servers, and whoever answers at its public name.
public final class DeployCheck {
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /// One part of a server.
    interface Part {
        /// What there is to say of it, at least one sentence.
        ///
        /// @throws IOException when it cannot be found out
        List<Finding> check() throws IOException;
    }

    public DeployCheck(Deployment deployment, Machine machine) {
        parts.put("name", new NameCheck(deployment, machine));
        parts.put("certificate", new CertificateCheck(deployment, machine));
        parts.put("firewall", new FirewallCheck(deployment, machine));
        parts.put("media ports", new MediaPortsCheck(deployment, machine));
        parts.put("fallback routes", new FallbackCheck(deployment, machine));
        parts.put("clock", new ClockCheck(machine));
        parts.put("capacity", new CapacityCheck(deployment, machine));
        parts.put("secrets", new SecretsCheck(machine));
        parts.put("listeners", new ListenersCheck(deployment, machine));
        parts.put("jails", new JailsCheck(deployment, machine));
    }

    /// The findings of each part.
    public Map<String, List<Finding>> run() {
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        parts.forEach((name, part) -> found.put(name, findings(part)));
        return found;
    }

    private static List<Finding> findings(Part part) {
        try {
            return new ArrayList<>(part.check());
        } catch (IOException e) {
            return List.of(
                    Finding.fault(
                            "",
                            "cannot be looked at (it takes root, on the server itself): "
                                    + e.getMessage()));
        }
    }
}
