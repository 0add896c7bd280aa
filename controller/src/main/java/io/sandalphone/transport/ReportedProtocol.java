package io.sandalphone.transport;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.telephony.stream.StreamProtocol;
import io.sandalphone.telephony.stream.StreamSocket;
import io.vertx.core.http.HttpServerRequest;

/// A carrier's protocol, of whose refused streams the calls are told.
record ReportedProtocol(StreamProtocol own, Calls calls) implements StreamProtocol {
    @Override
    public String name() {
        return own.name();
    }

    @Override
    public Admission admit(HttpServerRequest upgrade) {
        return own.admit(upgrade);
    }

    @Override
    public void released(String path) {
        own.released(path);
    }

    @Override
    public boolean speaks(JsonMessage first) {
        return own.speaks(first);
    }

    @Override
    public Start start(String path, JsonMessage start, StreamSocket socket) {
        Start decided = own.start(path, start, socket);
        if (decided instanceof Start.Refused(var reason)) {
            calls.refused(start.optional(), reason);
        }
        return decided;
    }
}
