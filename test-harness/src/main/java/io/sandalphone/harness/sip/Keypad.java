package io.sandalphone.harness.sip;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// Keys pressed, as RFC 4733 telephone events: an update every 20 ms while the key is down, then
/// three packets that say it is up. Holds no thread; its owner locks.
final class Keypad {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int END = 0x80;
    private static final int VOLUME = 10;
    private static final int END_PACKETS = 3;

    private static final class Press {
        final int event;
        final int samples;
        int timestamp;
        int elapsed;
        int ends;

        Press(int event, int samples) {
            this.event = event;
            this.samples = samples;
        }
    }

    private final Queue<Press> pressed = new ArrayDeque<>();

    void press(char key, Duration length) {
        int event = KEYS.indexOf(key);
        if (event < 0) {
            throw new IllegalArgumentException("no key " + key + " on a telephone");
        }
        pressed.add(new Press(event, Math.toIntExact(length.toMillis() * 8)));
    }

    /// The packet to send in place of this frame's sound, or null when no key is down.
    @Nullable ByteBuffer poll(RtpSource source, int payloadType) {
        Press press = pressed.peek();
        if (press == null) {
            return null;
        }
        if (press.elapsed == 0) {
            press.timestamp = source.timestamp();
            source.mark();
        }
        boolean end = press.elapsed >= press.samples;
        if (end) {
            press.ends++;
            if (press.ends == END_PACKETS) {
                pressed.remove();
            }
        } else {
            press.elapsed += SpeechQueue.FRAME;
        }
        byte[] payload = {
            (byte) press.event,
            (byte) (end ? END | VOLUME : VOLUME),
            (byte) (press.elapsed >> 8),
            (byte) press.elapsed
        };
        return source.packet(payloadType, press.timestamp, payload);
    }

    /// The keys whose events are among `packets`, each once however often it was repeated.
    static String read(List<ReceivedPacket> packets, int payloadType) {
        StringBuilder keys = new StringBuilder();
        long last = -1;
        for (ReceivedPacket packet : packets) {
            boolean event = packet.payloadType() == payloadType && packet.payload().length == 4;
            if (event && packet.timestamp() != last) {
                last = packet.timestamp();
                int code = packet.payload()[0] & 0xFF;
                keys.append(code < KEYS.length() ? KEYS.charAt(code) : '?');
            }
        }
        return keys.toString();
    }
}
