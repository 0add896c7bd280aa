package io.sandalphone.deploy;

import io.sandalphone.config.Finding;
import io.sandalphone.config.OperatorCommands;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Whether Asterisk knows whom to ring while the gateway is away: nothing tells it but its file of values, which is written by
/// hand or by the playbook. Says how many numbers, and none of them.
final class FallbackCheck implements DeployCheck.Part {
    private final Deployment deployment;
    private final Machine machine;

    FallbackCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        if (!deployment.asterisk()) {
            return List.of(Finding.ok("no Asterisk: the carriers' fallback URLs decide"));
        }
        var values = AsteriskValues.read(machine);
        if (values.isEmpty()) {
            return List.of(Finding.ok("not known without /etc/sandalphone/asterisk.values"));
        }
        Map<String, String> known = values.fallbackRoutes();
        Map<String, String> meant = deployment.fallbackRoutes();
        long lacking =
                meant.entrySet().stream()
                        .filter(route -> !route.getValue().equals(known.get(route.getKey())))
                        .count();
        return List.of(
                lacking == 0
                        ? Finding.ok(
                                "Asterisk knows whom to ring for each of %d numbers"
                                        .formatted(meant.size()))
                        : Finding.warning(
                                "",
                                ("of %d numbers whose calls ring a telephone Asterisk would ring it"
                                                + " for %d while the gateway is away:"
                                                + " FALLBACK_ROUTES in"
                                                + " /etc/sandalphone/asterisk.values; %s"
                                                + " --fallback-routes prints what it should be")
                                        .formatted(
                                                meant.size(),
                                                meant.size() - lacking,
                                                OperatorCommands.named("config"))));
    }
}
