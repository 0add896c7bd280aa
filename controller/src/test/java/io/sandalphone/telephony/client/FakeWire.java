package io.sandalphone.telephony.client;

import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/// A connection on which a test reads what a client was sent.
final class FakeWire implements ClientWire {
    final List<JsonObject> texts = new ArrayList<>();
    final List<byte[]> binaries = new ArrayList<>();
    boolean full;
    int closedWith;

    @Override
    public String address() {
        return "192.0.2.7";
    }

    @Override
    public void text(String message) {
        if (closedWith == 0) {
            texts.add(new JsonObject(message));
        }
    }

    @Override
    public void binary(byte[] pcm) {
        if (closedWith == 0) {
            binaries.add(pcm);
        }
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public void close(int code, String reason) {
        if (closedWith == 0) {
            closedWith = code;
        }
    }

    /// The messages of one type.
    List<JsonObject> all(String type) {
        return texts.stream().filter(text -> text.getString("type").equals(type)).toList();
    }

    /// The states it was told, in order.
    List<String> states() {
        return all("state").stream().map(state -> state.getString("state")).toList();
    }

    /// The code of the last error.
    String error() {
        return all("error").getLast().getString("code");
    }
}
