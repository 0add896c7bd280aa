package io.sandalphone.harness.receptionist;

import io.sandalphone.harness.fakes.chat.ChatRequest;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.Optional;

/// A tool that the model may use, whatever its exact name and parameters: those that it demands are filled in.
record OfferedTool(String name, JsonObject parameters) {
    /// The first whose name holds one of `parts`.
    static Optional<OfferedTool> named(ChatRequest request, String... parts) {
        for (Object each : request.body().getJsonArray("tools", new JsonArray())) {
            JsonObject function = ((JsonObject) each).getJsonObject("function", new JsonObject());
            String name = function.getString("name", "");
            for (String part : parts) {
                if (name.contains(part)) {
                    return Optional.of(
                            new OfferedTool(
                                    name, function.getJsonObject("parameters", new JsonObject())));
                }
            }
        }
        return Optional.empty();
    }

    /// Its call, with `text` for each text it demands and the first of what there is to choose from.
    ToolCall call(String text) {
        var arguments = new JsonObject();
        JsonObject properties = parameters.getJsonObject("properties", new JsonObject());
        for (Object each : parameters.getJsonArray("required", new JsonArray())) {
            String property = (String) each;
            JsonObject schema = properties.getJsonObject(property, new JsonObject());
            JsonArray choices = schema.getJsonArray("enum", new JsonArray());
            arguments.put(property, choices.isEmpty() ? text : choices.getValue(0));
        }
        return new ToolCall(name, arguments);
    }
}
