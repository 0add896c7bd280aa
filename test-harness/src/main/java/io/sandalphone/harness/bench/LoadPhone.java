package io.sandalphone.harness.bench;

import io.sandalphone.harness.carrier.StreamPlayer;
import io.sandalphone.harness.measure.MuLaw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;

/// One telephone of [LoadPhones], on the media stream of its call: Twilio's messages in WebSocket frames
/// (RFC 6455), its sound coded before it is said, and kept as it came.
///
/// It plays what comes as a carrier does, one piece behind the other in real time, and echoes each mark
/// when that has been played. Thread-safe: one thread says, one hears, any reads.
final class LoadPhone implements Talker, StreamPlayer.Playing {
    static final int FRAME = 160;
    static final long FRAME_NANOS = 20_000_000;

    private static final int FINAL_TEXT = 0x81;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LONGEST = 16 * 1024;
    private static final byte[] MEDIA = ascii("{\"event\":\"media\"");
    private static final byte[] MARK = ascii("{\"event\":\"mark\"");
    private static final byte[] CLEAR = ascii("{\"event\":\"clear\"");
    private static final byte[] PAYLOAD = ascii("\"payload\":\"");
    private static final byte[] NAME = ascii("\"name\":\"");
    private static final byte[] QUIET = coded(quiet());
    // The mask of every frame; what it is does not matter to who takes it off.
    private static final byte[] MASK = {0x5a, 0x17, (byte) 0xc3, 0x6e};

    private final StreamPlayer.Order order;
    private final LoadPhones phones;
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(LONGEST);
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST);
    private final StringBuilder text = new StringBuilder();

    /// When the next 20 ms are due; the saying thread's.
    long dueNanos;

    private final List<byte[]> toSay = new ArrayList<>();
    private int saying;
    private long[] saidAt = new long[64];
    private long sequence = 2;
    private long chunk;
    private final Queue<Mark> marks = new ArrayDeque<>();
    private long playedBy;
    private long[] heardAt = new long[64];
    private byte[] heard = new byte[64 * FRAME];
    private int frames;
    private int mediaBytes;
    private boolean up = true;

    private record Mark(String name, long dueNanos) {}

    LoadPhone(LoadPhones phones, StreamPlayer.Order order, SocketChannel channel) {
        this.phones = phones;
        this.order = order;
        this.channel = channel;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static short[] quiet() {
        short[] pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = (short) (i % 2 == 0 ? 8 : -8);
        }
        return pcm;
    }

    private static byte[] coded(short[] pcm) {
        return Base64.getEncoder().encode(MuLaw.encode(pcm));
    }

    String number() {
        return order.number();
    }

    String callId() {
        return order.callId();
    }

    SocketChannel channel() {
        return channel;
    }

    /// The port of its own end of the socket.
    int port() throws IOException {
        return ((java.net.InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public void say(short[] pcm) {
        if (pcm.length % FRAME != 0) {
            throw new IllegalArgumentException("no whole frames: " + pcm.length);
        }
        List<byte[]> coded = new ArrayList<>();
        for (int at = 0; at < pcm.length; at += FRAME) {
            coded.add(phones.only(coded(Arrays.copyOfRange(pcm, at, at + FRAME))));
        }
        synchronized (this) {
            toSay.addAll(coded);
        }
    }

    // What the saying thread does.

    /// Sends the messages that come before the sound.
    void open() throws IOException {
        for (String message : order.opening()) {
            send(message);
        }
    }

    /// Says the next 20 ms, and echoes the marks that are due.
    synchronized void speak() throws IOException {
        if (!up) {
            return;
        }
        byte[] sound = QUIET;
        if (saying < toSay.size()) {
            sound = toSay.get(saying);
            if (saying == saidAt.length) {
                saidAt = Arrays.copyOf(saidAt, saying * 2);
            }
            saidAt[saying] = System.nanoTime();
            saying++;
        }
        sequence++;
        chunk++;
        text.setLength(0);
        text.append("{\"event\":\"media\",\"sequenceNumber\":\"")
                .append(sequence)
                .append("\",\"media\":{\"track\":\"inbound\",\"chunk\":\"")
                .append(chunk)
                .append("\",\"timestamp\":\"")
                .append(chunk * 20)
                .append("\",\"payload\":\"");
        begin(FINAL_TEXT);
        put(text);
        put(sound, sound.length);
        text.setLength(0);
        put(text.append("\"},\"streamSid\":\"").append(order.streamId()).append("\"}"));
        finish();
        long now = System.nanoTime();
        while (!marks.isEmpty() && marks.element().dueNanos() <= now) {
            echo(marks.remove().name());
        }
    }

    private void echo(String mark) throws IOException {
        sequence++;
        send(
                "{\"event\":\"mark\",\"sequenceNumber\":\"%d\",\"streamSid\":\"%s\",\"mark\":{\"name\":\"%s\"}}"
                        .formatted(sequence, order.streamId(), mark));
    }

    private synchronized void send(String message) throws IOException {
        begin(FINAL_TEXT);
        put(message);
        finish();
    }

    // A frame is written behind room for the longest header, which is known last.
    private static final int ROOM = 8;

    private int opcode;

    private void begin(int first) {
        opcode = first;
        out.clear().position(ROOM);
    }

    private void put(CharSequence ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            out.put((byte) ascii.charAt(i));
        }
    }

    private void put(byte[] bytes, int length) {
        out.put(bytes, 0, length);
    }

    private void finish() throws IOException {
        int length = out.position() - ROOM;
        for (int i = 0; i < length; i++) {
            out.put(ROOM + i, (byte) (out.get(ROOM + i) ^ MASK[i & 3]));
        }
        out.flip();
        int start = ROOM - 4 - (length < LENGTH_OF_16_BITS ? 2 : 4);
        out.put(start, (byte) opcode);
        if (length < LENGTH_OF_16_BITS) {
            out.put(start + 1, (byte) (0x80 | length));
        } else {
            out.put(start + 1, (byte) (0x80 | LENGTH_OF_16_BITS))
                    .putShort(start + 2, (short) length);
        }
        out.position(ROOM - 4).put(MASK).position(start);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                // The gateway takes nothing: a second of sound lies in the kernel already.
                throw new IOException("the gateway does not read");
            }
        }
    }

    // What the hearing thread does.

    /// Takes what has come.
    void readable() throws IOException {
        int read = channel.read(in);
        long now = System.nanoTime();
        if (read < 0) {
            throw new IOException("the gateway ended the connection");
        }
        in.flip();
        while (frame(now)) {
            // One after the other.
        }
        in.compact();
    }

    private boolean frame(long now) throws IOException {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int length = in.get(start + 1) & 0x7f;
        int header = 2;
        if (length == LENGTH_OF_16_BITS) {
            if (in.remaining() < 4) {
                return false;
            }
            length = Short.toUnsignedInt(in.getShort(start + 2));
            header = 4;
        } else if (length > LENGTH_OF_16_BITS) {
            throw new IOException("a frame of more than 64 kB");
        }
        if (in.remaining() < header + length) {
            return false;
        }
        byte[] payload = new byte[length];
        in.get(start + header, payload);
        in.position(start + header + length);
        switch (in.get(start) & 0x0f) {
            case TEXT -> message(payload, header + length, now);
            case CLOSE -> throw new IOException("the gateway closed the socket");
            case PING -> pong(payload);
            default -> {
                // Nothing else is expected.
            }
        }
        return true;
    }

    private synchronized void pong(byte[] payload) throws IOException {
        begin(0x80 | PONG);
        put(payload, payload.length);
        finish();
    }

    private synchronized void message(byte[] message, int wireBytes, long now) throws IOException {
        if (startsWith(message, MEDIA)) {
            int from = after(message, PAYLOAD);
            byte[] sound = Base64.getDecoder().decode(upToQuote(message, from));
            mediaBytes = wireBytes;
            playedBy = Math.max(now, playedBy) + FRAME_NANOS;
            keep(sound, now);
        } else if (startsWith(message, MARK)) {
            byte[] name = upToQuote(message, after(message, NAME));
            marks.add(
                    new Mark(new String(name, StandardCharsets.US_ASCII), Math.max(now, playedBy)));
        } else if (startsWith(message, CLEAR)) {
            playedBy = now;
            while (!marks.isEmpty()) {
                echo(marks.remove().name());
            }
        }
    }

    private void keep(byte[] sound, long now) throws IOException {
        if (sound.length != FRAME) {
            throw new IOException("a message holds " + sound.length + " bytes of sound");
        }
        if (frames == heardAt.length) {
            heardAt = Arrays.copyOf(heardAt, frames * 2);
            heard = Arrays.copyOf(heard, heard.length * 2);
        }
        heardAt[frames] = now;
        System.arraycopy(sound, 0, heard, frames * FRAME, FRAME);
        frames++;
    }

    private static boolean startsWith(byte[] message, byte[] beginning) {
        return message.length >= beginning.length
                && Arrays.equals(message, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static int after(byte[] message, byte[] words) throws IOException {
        for (int i = 0; i + words.length <= message.length; i++) {
            if (Arrays.equals(message, i, i + words.length, words, 0, words.length)) {
                return i + words.length;
            }
        }
        throw new IOException("a message without its body");
    }

    private static byte[] upToQuote(byte[] message, int from) throws IOException {
        for (int i = from; i < message.length; i++) {
            if (message[i] == '"') {
                return Arrays.copyOfRange(message, from, i);
            }
        }
        throw new IOException("a message that ends too early");
    }

    // What anybody may ask.

    /// When it said frame `index` of all it was given to say; 0 when it has not yet.
    synchronized long saidAt(int index) {
        return index < saying ? saidAt[index] : 0;
    }

    /// When each 20 ms that it heard came.
    synchronized long[] heardAt() {
        return Arrays.copyOf(heardAt, frames);
    }

    /// The 20 ms that came as number `index`.
    synchronized short[] heardFrame(int index) {
        return MuLaw.decode(Arrays.copyOfRange(heard, index * FRAME, (index + 1) * FRAME));
    }

    @Override
    public synchronized short[] heard() {
        return MuLaw.decode(Arrays.copyOf(heard, frames * FRAME));
    }

    /// How many bytes a message of sound that it gets has on the wire, with its frame's header.
    synchronized int mediaBytes() {
        return mediaBytes;
    }

    @Override
    public synchronized boolean isUp() {
        return up;
    }

    /// It is no longer in a call.
    synchronized void down() {
        up = false;
    }

    @Override
    public void end() {
        phones.end(this);
    }

    /// Says goodbye.
    synchronized void bye() throws IOException {
        if (up) {
            up = false;
            send(order.stop());
        }
        channel.close();
    }
}
