package io.sandalphone.telephony.markup;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.MediaScanner;
import io.sandalphone.telephony.stream.MediaText;
import io.sandalphone.telephony.stream.SoundCoding;
import io.sandalphone.telephony.stream.StreamLine;
import io.sandalphone.telephony.stream.StreamListener;
import io.sandalphone.telephony.stream.StreamSocket;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// One stream of a leg: the carrier's messages `media`, `mark`, `dtmf` and `stop` over its socket, and ours
/// `media`, `mark` and `clear`. Runs on the call's loop.
public final class MediaStream implements StreamListener, StreamLine {
    private final MarkupLeg leg;
    private final StreamSocket socket;
    private final String callId;
    private final String token;
    private final Wire wire;
    private final byte[] streamId;
    private final MediaScanner scanner = new MediaScanner();
    private final MediaText text;
    private boolean stopped;

    /// How a stream is written. `id` is its name, made of letters, digits, `-` and `_`; `stamp` is what each
    /// message of ours says of it, as a part of JSON such as `"streamSid":"MZ1"`, or empty. `heard` is how the
    /// party's sound is coded, `sent` how ours. `others` takes messages of other events.
    public record Wire(
            String id,
            String stamp,
            SoundCoding heard,
            SoundCoding sent,
            Consumer<JsonMessage> others) {}

    /// `token` is the word that opened it.
    public MediaStream(MarkupLeg leg, StreamSocket socket, String callId, String token, Wire wire) {
        this.leg = leg;
        this.socket = socket;
        this.callId = callId;
        this.token = token;
        this.wire = wire;
        streamId = wire.id().getBytes(StandardCharsets.US_ASCII);
        text = new MediaText(wire.sent(), head("media") + ",\"media\":{\"payload\":\"", "\"}}");
    }

    private String head(String event) {
        return "{\"event\":\"" + event + "\"" + (wire.stamp().isEmpty() ? "" : "," + wire.stamp());
    }

    /// The word that opened it.
    String token() {
        return token;
    }

    SoundCoding heard() {
        return wire.heard();
    }

    @Override
    public void opened() {
        leg.started(this, callId);
    }

    @Override
    public void message(byte[] message) {
        if (stopped) {
            return;
        }
        if (!scanner.scan(message)) {
            leg.streamMedia().malformed();
        } else if (!scanner.isOf(streamId)) {
            leg.streamMedia().foreign();
        } else if (scanner.isMedia()) {
            sound();
        } else {
            other(message);
        }
    }

    private void sound() {
        if (scanner.isOutbound()) {
            return;
        }
        byte[] coded = scanner.payload();
        if (coded == null || !wire.heard().isWhole(coded.length)) {
            leg.streamMedia().malformed();
            return;
        }
        short[] pcm = wire.heard().decode(coded);
        leg.streamMedia().received(pcm, scanner.chunk(), scanner.timestamp());
    }

    private void other(byte[] message) {
        JsonMessage read;
        try {
            read = JsonMessage.parse(new String(message, StandardCharsets.UTF_8));
        } catch (UnreadableException _) {
            leg.streamMedia().malformed();
            return;
        }
        switch (read.text("event").orElse("")) {
            case "mark" -> read.object("mark").text("name").ifPresent(leg.streamMedia()::echoed);
            case "dtmf" -> read.object("dtmf").text("digit").ifPresent(this::pressed);
            case "stop" -> {
                stopped = true;
                leg.closed(this, true);
            }
            // Carriers add events without notice.
            default -> wire.others().accept(read.optional());
        }
    }

    private void pressed(String digit) {
        if (digit.length() == 1 && "0123456789*#ABCD".contains(digit)) {
            leg.tell(new LegEvent.KeyPressed(digit.charAt(0)));
        } else {
            leg.streamMedia().malformed();
        }
    }

    @Override
    public void closed() {
        if (!stopped) {
            leg.closed(this, false);
        }
    }

    @Override
    public boolean media(short[] pcm) {
        if (socket.isCongested()) {
            return false;
        }
        socket.write(text.write(pcm));
        return true;
    }

    @Override
    public void mark(String name) {
        socket.write(head("mark") + ",\"mark\":{\"name\":\"" + name + "\"}}");
    }

    @Override
    public void clear() {
        socket.write(head("clear") + "}");
    }

    void close() {
        socket.close();
    }
}
