package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether the certificate at the public name is to be trusted, and for how long.
final class CertificateCheck implements DeployCheck.Part {
    /// Certificates that are renewed by themselves are renewed sooner than this.
    private static final Duration SOON = Duration.ofDays(14);

    private final Deployment deployment;
    private final Machine machine;

    CertificateCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() {
        if (deployment.publicHost().isEmpty()) {
            return List.of(Finding.ok("no public-url: none is needed"));
        }
        String place = deployment.publicHost().get() + ":" + deployment.publicPort();
        Instant until;
        try {
            until =
                    machine.certificateUntil(
                            deployment.publicHost().get(), deployment.publicPort());
        } catch (IOException e) {
            return List.of(
                    Finding.fault(
                            "public-url",
                            ("at %s: %s; carriers refuse what they cannot trust: look at"
                                 + " public-http.tls, or at the proxy in front, and at the"
                                 + " firewall")
                                    .formatted(place, e.getMessage())));
        }
        Duration left = Duration.between(machine.now(), until);
        return List.of(
                left.compareTo(SOON) < 0
                        ? Finding.warning(
                                "public-http.tls",
                                "at %s: it ends in %d days (%s): renew it"
                                        .formatted(place, left.toDays(), until))
                        : Finding.ok("at %s: good for %d days".formatted(place, left.toDays())));
    }
}
