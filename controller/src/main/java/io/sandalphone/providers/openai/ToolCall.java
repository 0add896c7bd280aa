package io.sandalphone.providers.openai;

/// A model wants a tool used. `arguments` are what it wrote as JSON. Printed without them.
record ToolCall(String name, String arguments) {
    @Override
    public String toString() {
        return "ToolCall[]";
    }
}
