package io.sandalphone.harness.fakes.backend;

import io.vertx.core.json.JsonObject;

/// What the backend wants said, and done afterwards.
///
/// @param end whether the call is over then
/// @param transferTo who takes it then; empty when nobody does
public record BackendReply(String text, boolean end, String transferTo) {
    public static BackendReply says(String text) {
        return new BackendReply(text, false, "");
    }

    /// The same, and then the call ends.
    public BackendReply andEnds() {
        return new BackendReply(text, true, transferTo);
    }

    /// The same, and then `number` takes the call.
    public BackendReply andTransfersTo(String number) {
        return new BackendReply(text, end, number);
    }

    /// What need not be said is left out.
    JsonObject json() {
        var json = new JsonObject().put("reply", text);
        if (end) {
            json.put("end", true);
        }
        return transferTo.isEmpty() ? json : json.put("transferTo", transferTo);
    }
}
