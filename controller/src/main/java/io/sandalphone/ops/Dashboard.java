package io.sandalphone.ops;

import io.sandalphone.call.CallView;
import io.sandalphone.call.Calls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What operators' pages show, and what has changed of it since they were told: whoever has [#whole] and then each of [#changes] has
/// all of it. What costs run up is told every few seconds alone. Holds no words.
///
/// Touched by one thread at a time, and not by the loops of calls: it takes what they have published.
final class Dashboard {
    /// Of the document and the events. It grows when a reader of the one before would be misled; more members and more events
    /// may come without that.
    static final int VERSION = 1;

    /// How often what only costs more is told, and that we are there at all.
    private static final Duration COSTS = Duration.ofSeconds(5);

    /// What is looked at again sooner is as it was.
    private static final Duration CALM = Duration.ofMillis(400);

    /// Something that changed, by the name of its event.
    record Change(String event, JsonObject data) {}

    /// A call as it was told: all of it, and what of it is told by itself, when.
    private record Told(JsonObject session, JsonObject calm, Object levels, long at) {}

    private final Calls calls;
    private final Supplier<JsonObject> health;
    private final boolean liveCaptions;
    private final Map<String, Told> told = new LinkedHashMap<>();
    private JsonObject gateway = new JsonObject();
    private JsonObject gatewayCalm = new JsonObject();
    private long gatewayAt;
    private boolean looked;
    private long lookedAt;

    /// `health` is what `/health` tells. With `liveCaptions` those who watch see what people say.
    Dashboard(Calls calls, Supplier<JsonObject> health, boolean liveCaptions) {
        this.calls = calls;
        this.health = health;
        this.liveCaptions = liveCaptions;
    }

    /// As it was when [#changes] looked last.
    JsonObject whole() {
        var sessions = new JsonArray();
        told.values().forEach(each -> sessions.add(each.session()));
        return new JsonObject()
                .put("version", VERSION)
                .put("live_captions", liveCaptions)
                .mergeIn(gateway)
                .put("sessions", sessions);
    }

    /// Looks what has changed. `now` is of a monotonic clock, in nanoseconds, `epochMillis` the time of day; nothing is found sooner
    /// than 0.4 s after the last time.
    List<Change> changes(long now, long epochMillis) {
        if (looked && now - lookedAt < CALM.toNanos()) {
            return List.of();
        }
        looked = true;
        lookedAt = now;
        List<Change> changes = new ArrayList<>();
        lookAtGateway(now, epochMillis, changes);
        // One that has ended may be there for a moment longer.
        List<CallView> live =
                calls.sessions().stream().filter(call -> !call.state().equals("ended")).toList();
        forget(live.stream().map(CallView::id).collect(Collectors.toSet()), changes);
        var levels = new JsonArray();
        live.forEach(call -> lookAt(call, now, changes, levels));
        if (!levels.isEmpty()) {
            changes.add(new Change("levels", new JsonObject().put("levels", levels)));
        }
        return changes;
    }

    private void lookAtGateway(long now, long epochMillis, List<Change> changes) {
        JsonObject state = health.get();
        var calm = new JsonObject().put("health", state).put("carriers", carriers(state));
        if (calm.equals(gatewayCalm) && now - gatewayAt < COSTS.toNanos()) {
            return;
        }
        gatewayCalm = calm;
        gatewayAt = now;
        gateway =
                calm.copy()
                        .put("cost_today", Views.cost(calls.costsToday()))
                        .put("at_ms", epochMillis);
        changes.add(new Change("gateway", gateway));
    }

    private JsonArray carriers(JsonObject state) {
        var carriers = new JsonArray();
        calls.carriers().stream()
                .sorted()
                .forEach(
                        name ->
                                carriers.add(
                                        new JsonObject()
                                                .put("name", name)
                                                .put("available", isUp(state, name))));
        return carriers;
    }

    /// What calls rely on stands in `/health` under its name.
    private static boolean isUp(JsonObject health, String name) {
        return health.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals(name))
                .allMatch(check -> check.getBoolean("up"));
    }

    private void forget(Set<String> live, List<Change> changes) {
        for (Iterator<String> ids = told.keySet().iterator(); ids.hasNext(); ) {
            String id = ids.next();
            if (!live.contains(id)) {
                ids.remove();
                changes.add(new Change("gone", new JsonObject().put("call", id)));
            }
        }
    }

    private void lookAt(CallView call, long now, List<Change> changes, JsonArray levels) {
        JsonObject session = Views.session(call);
        JsonObject calm = session.copy();
        calm.remove("cost");
        Object loudness = calm.remove("levels");
        Told before = told.get(call.id());
        if (before == null
                || !before.calm().equals(calm)
                || (now - before.at() >= COSTS.toNanos()
                        && !before.session().getValue("cost").equals(session.getValue("cost")))) {
            told.put(call.id(), new Told(session, calm, loudness, now));
            changes.add(new Change("session", session));
        } else if (!before.levels().equals(loudness)) {
            JsonObject then = before.session().copy().put("levels", loudness);
            told.put(call.id(), new Told(then, calm, loudness, before.at()));
            levels.add(new JsonObject().put("call", call.id()).put("levels", loudness));
        }
    }
}
