package io.sandalphone.harness.ari;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A channel of [FakeSwitch]. Written as Asterisk 22.10 writes it.
final class FakeChannel {
    /// What `channelvars` of ari.conf asks for in every channel.
    private static final List<String> SHOWN_VARIABLES = List.of("SP_CALL", "SP_ROLE");

    enum State {
        DOWN("Down"),
        RING("Ring"),
        RINGING("Ringing"),
        UP("Up");

        final String text;

        State(String text) {
            this.text = text;
        }
    }

    final String id;
    final String name;
    final String application;
    final List<String> args;
    final String exten;
    final String creationTime;
    final Map<String, String> variables = new LinkedHashMap<>();

    State state;

    /// What it was asked to dial; empty for one that was not created to dial.
    String dialString = "";

    /// Whether it has arrived in the application.
    boolean inStasis;

    /// Whether it ever was in a bridge.
    boolean wasBridged;

    /// Whether it called us.
    boolean inbound;

    /// The channel it listens to, when it is a snoop.
    @Nullable String snoopsOn;

    /// Where it receives RTP, when it is an ExternalMedia channel.
    @Nullable DatagramSocket media;

    @Nullable FakeBridge bridge;

    FakeChannel(
            String id,
            String name,
            State state,
            String application,
            List<String> args,
            String exten,
            String creationTime) {
        this.id = id;
        this.name = name;
        this.state = state;
        this.application = application;
        this.args = args;
        this.exten = exten;
        this.creationTime = creationTime;
    }

    JsonObject json() {
        var shown = new JsonObject();
        SHOWN_VARIABLES.forEach(
                variable -> shown.put(variable, variables.getOrDefault(variable, "")));
        return new JsonObject()
                .put("id", id)
                .put("name", name)
                .put("state", state.text)
                .put("protocol_id", "")
                .put("caller", party())
                .put("connected", party())
                .put("accountcode", "")
                .put(
                        "dialplan",
                        new JsonObject()
                                .put("context", inbound ? "from-voipms" : "default")
                                .put("exten", exten)
                                .put("priority", 1)
                                .put("app_name", inStasis ? "Stasis" : "AppDial2")
                                .put(
                                        "app_data",
                                        inStasis
                                                ? String.join(",", commandLine())
                                                : "(Outgoing Line)"))
                .put("creationtime", creationTime)
                .put("language", "en")
                .put("channelvars", shown);
    }

    JsonArray argsJson() {
        return new JsonArray(args);
    }

    private List<String> commandLine() {
        var words = new ArrayList<String>();
        words.add(application);
        words.addAll(args);
        return words;
    }

    private static JsonObject party() {
        return new JsonObject().put("name", "").put("number", "");
    }
}
