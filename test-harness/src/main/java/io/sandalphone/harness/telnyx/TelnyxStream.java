package io.sandalphone.harness.telnyx;

import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.CarrierFaults;
import io.sandalphone.harness.carrier.Dialect;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.SoundCoding;
import io.sandalphone.harness.carrier.StreamWire;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One media stream in the words of Telnyx
/// (developers.telnyx.com, media streaming over WebSocket). Owner: the carrier's loop.
final class TelnyxStream implements StreamWire {
    private static final int FRAME_MILLIS = 20;
    private static final int LONGEST_PAYLOAD_FRAMES = 30_000 / FRAME_MILLIS;

    private final TelnyxAccount account;
    private final SimulatedCall call;
    private final Dialect.StreamRequest request;
    private final CarrierFaults faults;
    private final String id;
    private final TelnyxCodings codings;
    private int sequence;
    private long chunk;
    private long millis;

    TelnyxStream(
            TelnyxAccount account,
            SimulatedCall call,
            Dialect.StreamRequest request,
            CarrierFaults faults,
            String id) {
        this.account = account;
        this.call = call;
        this.request = request;
        this.faults = faults;
        this.id = id;
        String callCodec = faults.strikes(CarrierFault.A_LAW) ? "PCMA" : "PCMU";
        codings = TelnyxCodings.of(request.attributes(), callCodec, account.l16());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Map<String, String> handshake() {
        // The gate of the socket is a token that TeXML cannot set; nothing is signed.
        return Map.of();
    }

    @Override
    public String problem() {
        return codings.problem();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public List<String> opening() {
        var start =
                new JsonObject()
                        .put("user_id", account.id())
                        .put("call_control_id", call.id())
                        .put("call_session_id", call.id().substring("v3:".length()))
                        .put("from", call.from())
                        .put("to", call.to())
                        .put("client_state", "")
                        .put("tags", new JsonArray())
                        .put("custom_parameters", new JsonObject())
                        .put(
                                "media_format",
                                new JsonObject()
                                        .put("encoding", codings.encoding())
                                        .put("sample_rate", codings.rate())
                                        .put("channels", 1));
        return List.of(
                new JsonObject().put("event", "connected").put("version", "1.0.0").encode(),
                message("start", start));
    }

    @Override
    public String media(byte[] sound) {
        chunk++;
        millis += (long) sound.length * FRAME_MILLIS / towardsServer().frameBytes();
        var media = new JsonObject().put("track", "inbound");
        number(media, "chunk", chunk);
        number(media, "timestamp", millis);
        return message("media", media.put("payload", Base64.getEncoder().encodeToString(sound)));
    }

    @Override
    public String key(char key) {
        return message("dtmf", new JsonObject().put("digit", String.valueOf(key)));
    }

    @Override
    public String mark(String name) {
        return message("mark", new JsonObject().put("name", name));
    }

    @Override
    public String stop() {
        return message(
                "stop",
                new JsonObject().put("user_id", account.id()).put("call_control_id", call.id()));
    }

    private String message(String event, JsonObject body) {
        sequence++;
        var message = new JsonObject().put("event", event);
        number(message, "sequence_number", sequence);
        if (event.equals("dtmf")) {
            message.put("occurred_at", Instant.now().toString());
        }
        boolean start = event.equals("start");
        if (faults.has(CarrierFault.NESTED_STREAM_ID)) {
            body.put("stream_id", id);
        } else if (start || !faults.has(CarrierFault.MISSING_STREAM_ID)) {
            message.put("stream_id", id);
        }
        return message.put(event, body).encode();
    }

    private void number(JsonObject in, String name, long value) {
        if (faults.has(CarrierFault.PLAIN_NUMBERS)) {
            in.put(name, value);
        } else {
            in.put(name, Long.toString(value));
        }
    }

    @Override
    public Request read(String text) {
        try {
            var message = new JsonObject(text);
            return switch (message.getString("event", "")) {
                case "media" -> media(message.getJsonObject("media").getString("payload"));
                case "mark" -> {
                    String name = message.getJsonObject("mark").getString("name");
                    yield name == null
                            ? new Request.Invalid("a mark without a name")
                            : new Request.Mark(name);
                }
                case "clear" -> new Request.Clear();
                default -> new Request.Invalid("an event that is none of media, mark and clear");
            };
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return new Request.Invalid("no message: " + e.getMessage());
        } catch (NullPointerException e) {
            return new Request.Invalid("a message without its body");
        }
    }

    private Request media(String payload) {
        byte[] sound = Base64.getDecoder().decode(payload);
        if (!codings.played()) {
            return new Request.Unplayable();
        }
        int frame = fromServer().frameBytes();
        if (sound.length < frame || sound.length > frame * LONGEST_PAYLOAD_FRAMES) {
            return new Request.Invalid(
                    "a payload of %d bytes; 20 ms to 30 s are %d to %d"
                            .formatted(sound.length, frame, frame * LONGEST_PAYLOAD_FRAMES));
        }
        return sound.length % (frame / 160) == 0
                ? new Request.Media(sound)
                : new Request.Invalid("a payload that ends within a sample");
    }

    @Override
    public Optional<String> complaint(String why) {
        return Optional.of(
                new JsonObject()
                        .put("event", "error")
                        .put("stream_id", id)
                        .put(
                                "payload",
                                new JsonObject()
                                        .put("code", 100003)
                                        .put("title", "malformed_frame")
                                        .put("detail", why))
                        .encode());
    }

    @Override
    public SoundCoding towardsServer() {
        return codings.towardsServer();
    }

    @Override
    public SoundCoding fromServer() {
        return codings.fromServer();
    }

    @Override
    public Map<String, String> status(String event, String error) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("StreamId", id);
        form.put("StreamName", request.attributes().getOrDefault("name", id));
        form.put("StreamEvent", event);
        if (!error.isEmpty()) {
            form.put("StreamError", error);
        }
        form.put("Timestamp", Instant.now().toString());
        return form;
    }
}
