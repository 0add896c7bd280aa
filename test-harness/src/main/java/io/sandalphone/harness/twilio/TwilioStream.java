package io.sandalphone.harness.twilio;

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

/// One bidirectional Media Stream in Twilio's words
/// (twilio.com/docs/voice/media-streams/websocket-messages). Every number is a string but those of
/// `mediaFormat`. Owner: the carrier's loop.
final class TwilioStream implements StreamWire {
    private static final int FRAME_MILLIS = 20;

    private final TwilioAccount account;
    private final SimulatedCall call;
    private final Dialect.StreamRequest request;
    private final CarrierFaults faults;
    private final Signer signer;
    private final String id = TwilioIds.next("MZ");
    private final boolean aLaw;
    private int sequence;
    private long chunk;
    private long millis;

    /// What signs the handshake.
    interface Signer {
        String sign(String url, Map<String, String> form, boolean genuine);
    }

    TwilioStream(
            TwilioAccount account,
            SimulatedCall call,
            Dialect.StreamRequest request,
            CarrierFaults faults,
            Signer signer) {
        this.account = account;
        this.call = call;
        this.request = request;
        this.faults = faults;
        this.signer = signer;
        aLaw = faults.strikes(CarrierFault.A_LAW);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Map<String, String> handshake() {
        if (faults.strikes(CarrierFault.NO_SIGNATURE)) {
            return Map.of();
        }
        boolean genuine = !faults.strikes(CarrierFault.WRONG_SIGNATURE);
        String url = request.attributes().getOrDefault("url", "");
        // In lower case, unlike the webhooks'.
        return Map.of("x-twilio-signature", signer.sign(url, Map.of(), genuine));
    }

    @Override
    public List<String> opening() {
        var parameters = new JsonObject();
        request.parameters().forEach(parameters::put);
        var start =
                new JsonObject()
                        .put("accountSid", account.sid())
                        .put("callSid", call.id())
                        .put("streamSid", id)
                        .put("tracks", new JsonArray().add("inbound"))
                        .put(
                                "mediaFormat",
                                new JsonObject()
                                        .put("encoding", aLaw ? "audio/x-alaw" : "audio/x-mulaw")
                                        .put("sampleRate", 8000)
                                        .put("channels", 1))
                        .put("customParameters", parameters);
        return List.of(
                new JsonObject()
                        .put("event", "connected")
                        .put("protocol", "Call")
                        .put("version", "1.0.0")
                        .encode(),
                message("start", start));
    }

    @Override
    public String media(byte[] sound) {
        chunk++;
        millis += (long) sound.length * FRAME_MILLIS / towardsServer().frameBytes();
        return message(
                "media",
                new JsonObject()
                        .put("track", "inbound")
                        .put("chunk", Long.toString(chunk))
                        .put("timestamp", Long.toString(millis))
                        .put("payload", Base64.getEncoder().encodeToString(sound)));
    }

    @Override
    public String key(char key) {
        return message(
                "dtmf",
                new JsonObject().put("track", "inbound_track").put("digit", String.valueOf(key)));
    }

    @Override
    public String mark(String name) {
        return message("mark", new JsonObject().put("name", name));
    }

    @Override
    public String stop() {
        return message(
                "stop",
                new JsonObject().put("accountSid", account.sid()).put("callSid", call.id()));
    }

    private String message(String event, JsonObject body) {
        sequence++;
        var message =
                new JsonObject()
                        .put("event", event)
                        .put("sequenceNumber", Integer.toString(sequence));
        boolean start = event.equals("start");
        if (faults.has(CarrierFault.NESTED_STREAM_ID)) {
            body.put("streamSid", id);
        } else if (start || !faults.has(CarrierFault.MISSING_STREAM_ID)) {
            message.put("streamSid", id);
        }
        return message.put(event, body).encode();
    }

    @Override
    public Request read(String text) {
        try {
            var message = new JsonObject(text);
            String event = message.getString("event", "");
            if (!id.equals(message.getString("streamSid"))) {
                return new Request.Invalid("a streamSid that is not this stream's");
            }
            return switch (event) {
                case "media" -> {
                    String payload = message.getJsonObject("media").getString("payload");
                    yield new Request.Media(Base64.getDecoder().decode(payload));
                }
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

    @Override
    public Optional<String> complaint(String why) {
        return Optional.empty();
    }

    @Override
    public SoundCoding towardsServer() {
        return aLaw ? SoundCoding.pcma() : SoundCoding.pcmu();
    }

    @Override
    public SoundCoding fromServer() {
        return towardsServer();
    }

    @Override
    public Map<String, String> status(String event, String error) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("StreamSid", id);
        form.put("StreamName", request.attributes().getOrDefault("name", id));
        form.put("StreamEvent", event);
        if (!error.isEmpty()) {
            form.put("StreamError", error);
        }
        form.put("Timestamp", Instant.now().toString());
        return form;
    }
}
