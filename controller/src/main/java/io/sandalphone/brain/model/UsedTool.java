package io.sandalphone.brain.model;

/// What a tool that a model called has given: a text for the model. Printed without either.
public record UsedTool(ToolCall call, String text) {
    @Override
    public String toString() {
        return "UsedTool[]";
    }
}
