package io.sandalphone.harness.converse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads what the model does other than usual.
final class ModelReader {
    private static final int MOST_TURNS = 1000;

    private final Section model;

    ModelReader(Section model) {
        this.model = model;
    }

    Setting<List<ModelReply>> read() {
        List<Setting<ModelReply>> replies = new ArrayList<>();
        model.sections(JsonNodeFactory.instance.objectNode())
                .values()
                .forEach(reply -> replies.add(reply(reply)));
        return model.make(
                () -> {
                    List<ModelReply> all = replies.stream().map(Setting::get).toList();
                    if (all.stream().map(ModelReply::turn).distinct().count() < all.size()) {
                        throw new IllegalArgumentException("two replies at the same turn");
                    }
                    return all;
                });
    }

    private static Setting<ModelReply> reply(Section reply) {
        Setting<Integer> turn = reply.integer("turn", 1, MOST_TURNS);
        Supplier<Optional<String>> says = says(reply);
        Supplier<Optional<String>> calls = optional(reply, "calls", reply::text);
        Supplier<Optional<Fault>> fault =
                optional(reply, "fault", key -> reply.choice(key, Fault.class));
        JsonObject arguments =
                reply.raw().has("arguments")
                        ? arguments(reply.section("arguments"))
                        : new JsonObject();
        return reply.make(
                () ->
                        new ModelReply(
                                turn.get(),
                                says.get(),
                                calls.get().map(tool -> new ToolCall(tool, arguments)),
                                fault.get()));
    }

    /// Text of as many lines as it likes, unlike a setting's.
    private static Supplier<Optional<String>> says(Section reply) {
        JsonNode says = reply.raw().get("says");
        reply.ignore("says");
        return () -> {
            if (says != null && !says.isTextual()) {
                throw new IllegalArgumentException("says is no text");
            }
            return Optional.ofNullable(says).map(JsonNode::asText);
        };
    }

    /// Whatever they are.
    private static JsonObject arguments(Section section) {
        var arguments = new JsonObject(section.raw().toString());
        arguments.fieldNames().forEach(section::ignore);
        return arguments;
    }

    private static <T> Supplier<Optional<T>> optional(
            Section reply, String key, Function<String, Setting<T>> read) {
        if (!reply.raw().has(key)) {
            return Optional::empty;
        }
        Setting<T> setting = read.apply(key);
        return () -> Optional.of(setting.get());
    }
}
