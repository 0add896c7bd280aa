package io.sandalphone.notices;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.Locale;

/// Something to tell the operator: `condition` has begun, goes on, or is over. Holds nothing about people.
///
/// @param since when it was first seen
/// @param at when it is told
public record Notice(Condition condition, State state, Instant since, Instant at) {
    private static final JsonMapper JSON = new JsonMapper();

    /// How far it is.
    public enum State {
        /// Told for the first time.
        RAISED,
        /// Told before, and still so.
        REPEATED,
        /// Told before, and no more.
        OVER;

        /// As it is written in JSON, in the log and in metrics.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What the webhook gets, under an `id` by which a receiver knows one that comes twice.
    String json(String id) {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("id", id)
                        .put("type", "notice")
                        .put("kind", condition.kind().wireName())
                        .put("state", state.wireName());
        if (!condition.about().isEmpty()) {
            json.put("about", condition.about());
        }
        json.put("since", since.toString()).put("at", at.toString());
        condition.count().ifPresent(count -> json.put("count", count));
        condition.daysLeft().ifPresent(days -> json.put("days_left", days));
        return json.put("message", condition.kind().sentence(state)).toString();
    }
}
