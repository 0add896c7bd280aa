package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.util.List;

/// Whether something keeps the clock right: certificates, signed webhooks and requests to Polly are judged by it.
final class ClockCheck implements DeployCheck.Part {
    private final Machine machine;

    ClockCheck(Machine machine) {
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        Machine.Answer answer =
                machine.run("timedatectl", "show", "-p", "NTPSynchronized", "--value");
        return switch (answer.text().strip()) {
            case "yes" -> List.of(Finding.ok("kept right by NTP"));
            case "no" ->
                    List.of(
                            Finding.warning(
                                    "",
                                    "not synchronised: apt install systemd-timesyncd (or chrony),"
                                            + " timedatectl set-ntp true"));
            default ->
                    List.of(
                            Finding.warning(
                                    "",
                                    "whether it is synchronised is not known: timedatectl says \""
                                            + answer.text().lines().findFirst().orElse("")
                                            + "\""));
        };
    }
}
