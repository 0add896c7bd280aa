package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Google's Speech-to-Text and Text-to-Speech over REST: `POST /v1/speech:recognize` and `POST /v1/text:synthesize`, with an API
/// key in the header `X-Goog-Api-Key` or as the parameter `key`.
///
/// Beside what every fake of HTTP can do: UNAUTHORIZED, FORBIDDEN, RATE_LIMITED, SERVER_ERROR; INCOMPLETE, an answer with fields
/// of the wrong types.
public final class GoogleSpeech implements HttpService {
    private final String apiKey;
    private final GoogleRecognition recognition;
    private final GoogleSynthesis synthesis;

    public GoogleSpeech(String apiKey, Ear ear, SpeechGenerator generator) {
        this.apiKey = apiKey;
        recognition = new GoogleRecognition(ear);
        synthesis = new GoogleSynthesis(generator);
    }

    /// What it was sent to understand so far, in order; the fields are those of `config`, as texts.
    public List<HeardUpload> heard() {
        return recognition.heard();
    }

    /// What it was sent to say so far, in order.
    public List<SaidText> said() {
        return synthesis.said();
    }

    @Override
    public Set<Fault> faults() {
        return Set.of(
                Fault.UNAUTHORIZED,
                Fault.FORBIDDEN,
                Fault.RATE_LIMITED,
                Fault.SERVER_ERROR,
                Fault.INCOMPLETE);
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
        String shown = call.header("x-goog-api-key");
        String key = shown.isEmpty() ? call.query().getOrDefault("key", "") : shown;
        if (key.isEmpty()) {
            throw refusal(403, "PERMISSION_DENIED", "The request is missing a valid API key.");
        }
        if (!key.equals(apiKey)) {
            throw wrongKey();
        }
        try {
            return switch (call.what()) {
                case "POST /v1/speech:recognize" ->
                        recognition.answer(new JsonObject(call.body()), call.has(Fault.INCOMPLETE));
                case "POST /v1/text:synthesize" ->
                        synthesis.answer(new JsonObject(call.body()), call.has(Fault.INCOMPLETE));
                default -> throw refusal(404, "NOT_FOUND", "Not Found");
            };
        } catch (DecodeException | ClassCastException e) {
            throw invalid("Invalid JSON payload received.");
        }
    }

    static HttpRefusal invalid(String message) {
        return refusal(400, "INVALID_ARGUMENT", message);
    }

    private static HttpRefusal wrongKey() {
        JsonObject body = error(400, "INVALID_ARGUMENT", "API key not valid.");
        var reason =
                new JsonObject()
                        .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                        .put("reason", "API_KEY_INVALID");
        body.getJsonObject("error").put("details", new JsonArray().add(reason));
        return new HttpRefusal(400, body);
    }

    private static HttpRefusal refusal(int code, String status, String message) {
        return new HttpRefusal(code, error(code, status, message));
    }

    private static JsonObject error(int code, String status, String message) {
        return new JsonObject()
                .put(
                        "error",
                        new JsonObject()
                                .put("code", code)
                                .put("message", message)
                                .put("status", status));
    }

    @Override
    public Optional<HttpRefusal> refusal(Fault fault, int count) {
        return switch (fault) {
            case UNAUTHORIZED -> Optional.of(wrongKey());
            case FORBIDDEN ->
                    Optional.of(
                            refusal(403, "PERMISSION_DENIED", "The API has not been used before."));
            case RATE_LIMITED -> Optional.of(refusal(429, "RESOURCE_EXHAUSTED", "Quota exceeded."));
            case SERVER_ERROR ->
                    Optional.of(
                            count % 2 == 0
                                    ? refusal(503, "UNAVAILABLE", "The service is unavailable.")
                                    : refusal(500, "INTERNAL", "Internal error encountered."));
            default -> Optional.empty();
        };
    }
}
