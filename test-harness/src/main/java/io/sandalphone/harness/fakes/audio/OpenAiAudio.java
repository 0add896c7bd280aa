package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// OpenAI's endpoints for sound, or those of a [server][AudioServer] that has such: a WAV file comes back as text (`json`, `text`,
/// `verbose_json`, or as events), text as sound (`pcm` at 24 kHz and `wav`, in chunks).
///
/// Beside what every fake of HTTP can do: UNAUTHORIZED, FORBIDDEN, NOT_FOUND, RATE_LIMITED, QUOTA_SPENT, SERVER_ERROR; INCOMPLETE,
/// a number where the text should be.
public final class OpenAiAudio implements HttpService {
    private final AudioServer server;
    private final AudioRefusals refusals;
    private final Transcriptions transcriptions;
    private final Speech speech;

    /// @param paced whether sound comes little faster than it is heard, or at once
    public OpenAiAudio(AudioServer server, Ear ear, SpeechGenerator generator, boolean paced) {
        this.server = server;
        refusals = new AudioRefusals(server.errors());
        transcriptions = new Transcriptions(server, refusals, ear);
        speech = new Speech(server, refusals, generator, paced);
    }

    /// What it was sent to understand so far, in order.
    public List<HeardUpload> heard() {
        return transcriptions.heard();
    }

    /// What it was sent to say so far, in order.
    public List<SaidText> said() {
        return speech.said();
    }

    @Override
    public Set<Fault> faults() {
        Set<Fault> faults = EnumSet.copyOf(AudioRefusals.FAULTS);
        faults.add(Fault.INCOMPLETE);
        return faults;
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
        Optional<String> key = server.key();
        if (key.isPresent() && !("Bearer " + key.get()).equals(call.header("authorization"))) {
            throw refusals.of(401, "invalid_api_key", "Incorrect API key provided.");
        }
        if (call.what().equals("POST " + server.transcriptions())) {
            String model = call.form().getOrDefault("model", "");
            if (!server.models().isEmpty() && !server.models().contains(model)) {
                throw refusals.of(
                        404, "model_not_found", "The model `%s` does not exist".formatted(model));
            }
            return transcriptions.answer(call);
        }
        if (server.speaks() && call.what().equals("POST /v1/audio/speech")) {
            return speech.answer(call);
        }
        return switch (call.what()) {
            case "GET /health" -> HttpAnswer.json(new JsonObject().put("status", "ok"));
            case "GET /v1/models" -> models();
            default -> throw refusals.of(404, "unknown_url", "Unknown request URL: " + call.what());
        };
    }

    private HttpAnswer models() {
        var data = new JsonArray();
        server.models().stream()
                .sorted()
                .forEach(
                        model ->
                                data.add(new JsonObject().put("id", model).put("object", "model")));
        return HttpAnswer.json(new JsonObject().put("object", "list").put("data", data));
    }

    @Override
    public Optional<HttpRefusal> refusal(Fault fault, int count) {
        return refusals.of(fault, count);
    }
}
