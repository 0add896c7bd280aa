package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether fail2ban's jails run, and read something: one that is enabled and reads nothing looks the same as one with
/// nobody to ban.
final class JailsCheck implements DeployCheck.Part {
    private static final String RESTART =
            ": systemctl restart fail2ban; journalctl -u fail2ban -n 50";
    private static final Pattern FILES = Pattern.compile("File list:[ \\t]*(\\S.*)");
    private static final Pattern JOURNAL = Pattern.compile("Journal matches:[ \\t]*\\S");

    private final Deployment deployment;
    private final Machine machine;

    JailsCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        List<String> jails = new ArrayList<>(List.of("sandalphone"));
        if (deployment.asterisk() && !AsteriskValues.read(machine).isEmpty()) {
            jails.addAll(List.of("sandalphone-ari", "sandalphone-sip"));
        }
        List<Finding> findings = new ArrayList<>();
        for (String jail : jails) {
            Machine.Answer status = machine.run("fail2ban-client", "status", jail);
            if (!status.ok()) {
                findings.add(Finding.fault("", "jail " + jail + " does not run" + RESTART));
            } else if (!reads(status.text())) {
                findings.add(Finding.fault("", "jail " + jail + " reads nothing" + RESTART));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("running and reading: " + String.join(", ", jails)));
        }
        return findings;
    }

    private boolean reads(String status) {
        Matcher files = FILES.matcher(status);
        if (!files.find()) {
            return JOURNAL.matcher(status).find();
        }
        for (String file : files.group(1).strip().split("\\s+", -1)) {
            if (!Files.exists(machine.root().resolve(file.substring(1)))) {
                return false;
            }
        }
        return true;
    }
}
