package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What a server takes and refuses. Belongs to the fake's loop.
interface Protocol {
    /// What a request that is let in comes to.
    sealed interface Reply {
        /// Something that is known already, as text of a type.
        record Known(String type, String body) implements Reply {}

        /// Something for the model.
        ///
        /// @param loading before the model can begin
        record Answer(ChatRequest asked, Dialect dialect, Duration loading) implements Reply {}

        static Reply json(JsonObject body) {
            return new Known("application/json", body.encode());
        }
    }

    /// `incomplete`: fields of the answer are missing or of another type.
    Reply receive(HttpServerRequest request, Buffer body, boolean incomplete) throws Refusal;

    /// The faults it can do.
    Fault[] faults();

    /// How it refuses under `fault`, where it does; `count` is how many it has refused so before. Else null.
    @Nullable Refusal refusal(Fault fault, int count);

    /// What tells a refusal.
    JsonObject told(Refusal refusal);
}
