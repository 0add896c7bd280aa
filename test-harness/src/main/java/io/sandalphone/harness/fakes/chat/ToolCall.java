package io.sandalphone.harness.fakes.chat;

import io.vertx.core.json.JsonObject;

/// A model wants a tool used. Nobody changes the arguments afterwards.
public record ToolCall(String name, JsonObject arguments) {}
