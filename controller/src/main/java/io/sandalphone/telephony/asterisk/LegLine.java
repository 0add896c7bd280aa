package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.stream.StreamLine;

import java.nio.ByteBuffer;

/// Sends a leg's sound in mu-law over its connection, a frame in each message: Asterisk throws parts of
/// frames away.
record LegLine(LegSocket socket) implements StreamLine {
    @Override
    public boolean media(short[] pcm) {
        if (socket.isCongested()) {
            return false;
        }
        var sound = new byte[pcm.length];
        G711.MU_LAW.encode(pcm, ByteBuffer.wrap(sound), 0);
        socket.write(sound);
        return true;
    }

    @Override
    public void mark(String name) {
        socket.write(MediaMessage.mark(name));
    }

    @Override
    public void clear() {
        socket.write(MediaMessage.flush());
    }
}
