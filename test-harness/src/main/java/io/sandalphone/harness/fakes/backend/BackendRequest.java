package io.sandalphone.harness.fakes.backend;

import io.vertx.core.json.JsonArray;

/// What somebody said in a call, as the backend is told it.
///
/// @param begins whether it is the first of the call
/// @param call its id
/// @param from who calls, and `to` what number
/// @param history what was said before, as it came; empty where it was left out
public record BackendRequest(
        boolean begins,
        String call,
        String from,
        String to,
        String language,
        String text,
        JsonArray history) {}
