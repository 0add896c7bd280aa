package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.stream.StreamSocket;

import java.util.ArrayList;
import java.util.List;

/// Keeps what is written to it.
final class RecordingSocket implements StreamSocket {
    final List<String> written = new ArrayList<>();
    boolean closed;
    boolean congested;

    @Override
    public void write(String text) {
        written.add(text);
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public void close() {
        closed = true;
    }
}
