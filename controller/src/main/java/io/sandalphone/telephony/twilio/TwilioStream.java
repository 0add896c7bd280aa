package io.sandalphone.telephony.twilio;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.stream.MediaScanner;
import io.sandalphone.telephony.stream.MediaText;
import io.sandalphone.telephony.stream.StreamLine;
import io.sandalphone.telephony.stream.StreamListener;
import io.sandalphone.telephony.stream.StreamSocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One stream of a leg: Twilio's messages over its socket (Twilio, "Media Streams: WebSocket messages").
/// Runs on the call's loop.
final class TwilioStream implements StreamListener, StreamLine {
    private final TwilioLeg leg;
    private final StreamSocket socket;
    private final String callSid;
    private final String streamSid;
    private final byte[] streamId;
    private final G711 law;
    private final MediaScanner scanner = new MediaScanner();
    private final MediaText text;
    private boolean stopped;

    /// `streamSid` is made of letters, digits, `-` and `_`; `law` is what the sound is coded by.
    TwilioStream(TwilioLeg leg, StreamSocket socket, String callSid, String streamSid, G711 law) {
        this.leg = leg;
        this.socket = socket;
        this.callSid = callSid;
        this.streamSid = streamSid;
        this.law = law;
        streamId = streamSid.getBytes(StandardCharsets.US_ASCII);
        text = new MediaText(law, head("media") + ",\"media\":{\"payload\":\"", "\"}}");
    }

    private String head(String event) {
        return "{\"event\":\"" + event + "\",\"streamSid\":\"" + streamSid + "\"";
    }

    @Override
    public void opened() {
        leg.started(this, callSid);
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
        if (coded == null) {
            leg.streamMedia().malformed();
            return;
        }
        short[] pcm = law.decode(ByteBuffer.wrap(coded), 0, coded.length);
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
            default -> {
                // Twilio adds events without notice.
            }
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
