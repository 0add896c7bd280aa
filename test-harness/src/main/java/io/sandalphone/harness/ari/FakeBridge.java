package io.sandalphone.harness.ari;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A mixing bridge of [FakeSwitch].
final class FakeBridge {
    final String id;
    final String creationTime;

    /// Asterisk lists them sorted.
    final Set<String> channels = new TreeSet<>();

    /// Applications that have had a channel in it, and so hear of it.
    final Set<String> subscribers = new TreeSet<>();

    /// Follows the number of channels only after the event that tells of it, as in Asterisk.
    String technology = "simple_bridge";

    FakeBridge(String id, String creationTime) {
        this.id = id;
        this.creationTime = creationTime;
    }

    /// Chooses how to mix, once members have changed.
    void settle() {
        technology = channels.size() > 2 ? "softmix" : "simple_bridge";
    }

    JsonObject json() {
        return new JsonObject()
                .put("id", id)
                .put("technology", technology)
                .put("bridge_type", "mixing")
                .put("bridge_class", "stasis")
                .put("creator", "Stasis")
                .put("name", "")
                .put("channels", new JsonArray(List.copyOf(channels)))
                .put("creationtime", creationTime)
                .put("video_mode", "talker");
    }
}
