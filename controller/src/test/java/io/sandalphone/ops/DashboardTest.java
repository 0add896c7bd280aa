package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.CallView;
import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.input.HeardLevel;
import io.sandalphone.web.HttpReference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

class DashboardTest {
    private final FakeCalls calls = new FakeCalls();
    private final List<String> faults = new ArrayList<>();
    private final Dashboard dashboard =
            new Dashboard(
                    calls,
                    () ->
                            Health.of(
                                            List.of(
                                                    new HealthCheck(
                                                            "twilio",
                                                            HealthCheck.Kind.CALLS,
                                                            () -> faults.stream().findFirst())))
                                    .whole(),
                    false);
    private long now = 7;

    /// What is found half a second later.
    private List<String> look() {
        return changes(Duration.ofMillis(500)).stream().map(Dashboard.Change::event).toList();
    }

    private List<Dashboard.Change> changes(Duration later) {
        now += later.toNanos();
        return dashboard.changes(now, 1000);
    }

    private static CallView call(String id, String state, Spending spent) {
        return call(id, state, spent, Optional.empty());
    }

    private static CallView call(
            String id, String state, Spending spent, Optional<HeardLevel> callerLevel) {
        return new CallView(
                id,
                state,
                0,
                CallView.Direction.INBOUND,
                "+15551230009",
                "<img src=x onerror=alert(1)>",
                new Language("en"),
                new Language("es"),
                true,
                false,
                true,
                4,
                Set.of(),
                Set.of(),
                new Costs(spent, Currency.getInstance("USD"), Optional.empty()),
                null,
                callerLevel,
                Optional.empty());
    }

    private static CallView loud(String id, double decibels) {
        return call(
                id, "talking", Spending.NOTHING, Optional.of(new HeardLevel(decibels, true, 0)));
    }

    private static Spending listened(int seconds) {
        return new Spending(Duration.ofSeconds(seconds), 0, 0, 0, 0, BigDecimal.ZERO);
    }

    @Test
    void what_did_not_change_is_not_told_again() {
        calls.live.add(call("7f3", "talking", Spending.NOTHING));
        assertEquals(List.of("gateway", "session"), look());
        assertEquals(List.of(), look());
        calls.live.set(0, call("7f3", "ending", Spending.NOTHING));
        assertEquals(List.of("session"), look());
        calls.live.clear();
        assertEquals(List.of("gone"), look());
        assertEquals(List.of(), look());
    }

    @Test
    void levels_that_change_are_one_small_event_for_all_calls() {
        calls.live.add(loud("7f3", -20));
        calls.live.add(loud("7f4", -30));
        calls.live.add(loud("7f5", -40));
        look();
        calls.live.set(0, loud("7f3", -21));
        calls.live.set(2, loud("7f5", -41));
        List<Dashboard.Change> changes = changes(Duration.ofMillis(500));
        assertEquals(List.of("levels"), changes.stream().map(Dashboard.Change::event).toList());
        HttpReference.fits("LevelsEvent", changes.getFirst().data().encode());
        assertEquals(
                List.of("7f3", "7f5"),
                changes.getFirst().data().getJsonArray("levels").stream()
                        .map(each -> ((JsonObject) each).getString("call"))
                        .toList());
        // Whoever comes now has them too.
        assertEquals(
                -21.0,
                dashboard
                        .whole()
                        .getJsonArray("sessions")
                        .getJsonObject(0)
                        .getJsonObject("levels")
                        .getJsonObject("caller")
                        .getDouble("dbov"));
    }

    @Test
    void costs_that_run_up_are_told_every_five_seconds() {
        calls.live.add(call("7f3", "talking", Spending.NOTHING));
        look();
        List<String> told = new ArrayList<>();
        for (int seconds = 1; seconds <= 10; seconds++) {
            calls.live.set(0, call("7f3", "talking", listened(seconds)));
            changes(Duration.ofSeconds(1)).forEach(change -> told.add(change.event()));
        }
        assertEquals(List.of("gateway", "session", "gateway", "session"), told);
    }

    @Test
    void nobody_makes_it_look_more_often_than_is_calm() {
        look();
        calls.live.add(call("7f3", "talking", Spending.NOTHING));
        assertEquals(List.of(), changes(Duration.ofMillis(399)));
        assertEquals(1, changes(Duration.ofMillis(1)).size());
    }

    @Test
    void what_health_says_is_told_when_it_changes_and_a_carrier_is_available_or_not() {
        look();
        faults.add("the account is suspended");
        var changed = changes(Duration.ofMillis(500)).getFirst();
        assertEquals("gateway", changed.event());
        HttpReference.fits("Gateway", changed.data().encode());
        assertEquals(
                new JsonArray()
                        .add(new JsonObject().put("name", "twilio").put("available", false))
                        .add(new JsonObject().put("name", "voipms").put("available", true)),
                changed.data().getJsonArray("carriers"));
    }

    @Test
    void one_that_has_ended_but_is_not_forgotten_yet_is_gone() {
        calls.live.add(call("7f3", "talking", Spending.NOTHING));
        look();
        calls.live.set(0, call("7f3", "ended", Spending.NOTHING));
        assertEquals(List.of("gone"), look());
        assertEquals(new JsonArray(), dashboard.whole().getJsonArray("sessions"));
    }

    /// Whoever had the whole once and every change since has the whole, whatever happened.
    @Test
    void the_whole_and_the_changes_are_all_there_is() {
        look();
        var known = new TreeMap<String, JsonObject>();
        for (int step = 0; step < 200; step++) {
            int which = (step * 7) % 11;
            String id = "call" + which;
            calls.live.removeIf(call -> call.id().equals(id));
            if (step % 3 != 0) {
                calls.live.add(call(id, step % 2 == 0 ? "talking" : "dialing", listened(step)));
            }
            for (Dashboard.Change change : changes(Duration.ofMillis(500))) {
                switch (change.event()) {
                    case "session" -> known.put(change.data().getString("id"), change.data());
                    case "gone" -> known.remove(change.data().getString("call"));
                    default -> assertEquals("gateway", change.event());
                }
            }
            var whole = new TreeMap<String, JsonObject>();
            dashboard.whole().getJsonArray("sessions").stream()
                    .map(JsonObject.class::cast)
                    .forEach(session -> whole.put(session.getString("id"), session));
            assertEquals(whole, known);
        }
        assertFalse(known.isEmpty());
    }

    @Test
    void numbers_are_shown_as_operators_may_see_them() {
        calls.live.add(call("7f3", "talking", Spending.NOTHING));
        look();
        String shown = dashboard.whole().encode();
        HttpReference.fits("Dashboard", shown);
        assertTrue(shown.contains("\"caller\":\"…009\""), shown);
        assertFalse(shown.contains("5551230009"), shown);
        assertFalse(shown.contains("<img"), shown);
    }
}
