package io.sandalphone.brain.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A model wants a tool used. `arguments` are what it wrote as JSON. Printed without them.
public record ToolCall(String name, String arguments) {
    private static final JsonMapper JSON = new JsonMapper();

    /// The arguments as an object; an empty one where they are none.
    public ObjectNode argumentObject() {
        try {
            return JSON.readTree(arguments) instanceof ObjectNode object
                    ? object
                    : JSON.createObjectNode();
        } catch (JsonProcessingException _) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public String toString() {
        return "ToolCall[]";
    }
}
