package io.sandalphone.ops;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;

/// How the gateway is, and why: what came of all checks at one moment.
record Health(HealthStatus status, JsonArray checks) {
    /// Asks them all.
    static Health of(List<HealthCheck> checks) {
        HealthStatus status = HealthStatus.UP;
        JsonArray shown = new JsonArray();
        for (HealthCheck check : checks) {
            var unavailableReason = check.unavailableReason().get();
            JsonObject entry =
                    new JsonObject()
                            .put("name", check.name())
                            .put("kind", check.kind().wireName())
                            .put("up", unavailableReason.isEmpty());
            if (unavailableReason.isPresent()) {
                status = status.worse(HealthStatus.without(check.kind()));
                entry.put("reason", unavailableReason.get());
            }
            shown.add(entry);
        }
        return new Health(status, shown);
    }

    /// The one word, for everybody.
    JsonObject word() {
        return new JsonObject().put("status", status.wireName());
    }

    /// With what is wrong, for operators.
    JsonObject whole() {
        return word().put("checks", checks);
    }
}
