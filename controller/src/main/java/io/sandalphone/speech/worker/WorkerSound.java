package io.sandalphone.speech.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// How a piece of sound stands in the messages between the gateway and its workers: the number of its
/// samples, and these, 16 bits each.
final class WorkerSound {
    private WorkerSound() {}

    static void write(DataOutputStream out, short[] pcm) throws IOException {
        out.writeInt(pcm.length);
        var bytes = ByteBuffer.allocate(2 * pcm.length);
        bytes.asShortBuffer().put(pcm);
        out.write(bytes.array());
    }

    /// Throws when there are more than `most` samples: then it is no sound.
    static short[] read(DataInputStream in, int most) throws IOException {
        int samples = in.readInt();
        if (samples < 0 || samples > most) {
            throw new IOException("not a piece of sound: " + samples + " samples");
        }
        var bytes = new byte[2 * samples];
        in.readFully(bytes);
        var pcm = new short[samples];
        ByteBuffer.wrap(bytes).asShortBuffer().get(pcm);
        return pcm;
    }
}
