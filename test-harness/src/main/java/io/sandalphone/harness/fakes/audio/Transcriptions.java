package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.measure.Wav;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Sound that is sent as a file and comes back as text.
final class Transcriptions {
    private static final Set<String> FORMATS = Set.of("json", "text", "verbose_json");
    private static final Map<String, String> NAMES = Map.of("en", "english", "es", "spanish");
    private static final Map<String, String> INVENTIONS =
            Map.of("en", "Thank you for watching.", "es", "Gracias por ver el video.");

    private final AudioServer server;
    private final AudioRefusals refusals;
    private final Ear ear;
    private final List<HeardUpload> heard = new CopyOnWriteArrayList<>();

    Transcriptions(AudioServer server, AudioRefusals refusals, Ear ear) {
        this.server = server;
        this.refusals = refusals;
        this.ear = ear;
    }

    List<HeardUpload> heard() {
        return List.copyOf(heard);
    }

    HttpAnswer answer(HttpCall call) throws HttpRefusal {
        String format = call.form().getOrDefault("response_format", "json");
        if (!FORMATS.contains(format)) {
            throw refusals.invalid("Unsupported response_format: " + format);
        }
        boolean streams = "true".equals(call.form().get("stream"));
        if (streams && (!server.streams() || "whisper-1".equals(call.form().get("model")))) {
            throw refusals.invalid("This model does not stream.");
        }
        Wav wav = sound(call);
        List<Ear.Word> words = ear.hear(Sound.at(Sound.TELEPHONE, wav.pcm(), wav.rate()));
        heard.add(new HeardUpload(wav.rate(), wav.millis(), call.form(), words));
        String language = language(call, words);
        String text = Ear.text(words);
        boolean invented = text.isEmpty() && server.invents();
        if (invented) {
            text = INVENTIONS.getOrDefault(language, "");
        }
        if (call.has(Fault.INCOMPLETE)) {
            return HttpAnswer.json(new JsonObject().put("text", 7).put("tomorrow", "x"));
        }
        if (streams) {
            return events(text);
        }
        // whisper.cpp has a blank before each segment and ends it with a line.
        String written = server.errors() == AudioServer.Errors.TEXT ? " " + text + "\n" : text;
        return switch (format) {
            case "text" ->
                    HttpAnswer.whole(
                            server.errors() == AudioServer.Errors.TEXT
                                    ? "text/html; charset=utf-8"
                                    : "text/plain; charset=utf-8",
                            Buffer.buffer(written));
            case "verbose_json" ->
                    HttpAnswer.json(verbose(written, language, wav, words, invented));
            default -> HttpAnswer.json(new JsonObject().put("text", written));
        };
    }

    private Wav sound(HttpCall call) throws HttpRefusal {
        HttpCall.Upload file =
                call.file()
                        .filter(upload -> upload.field().equals("file"))
                        .orElseThrow(() -> refusals.invalid("no 'file' field in the request"));
        if (!file.fileName().endsWith(".wav")) {
            throw refusals.invalid("Unrecognized file format: " + file.fileName());
        }
        try {
            return Wav.of(file.content().getBytes(), file.fileName());
        } catch (IOException e) {
            throw refusals.invalid("Invalid file format: " + e.getMessage());
        }
    }

    private static String language(HttpCall call, List<Ear.Word> words) {
        String asked = call.form().getOrDefault("language", "auto");
        String heard = words.isEmpty() ? "en" : words.getFirst().language();
        return asked.equals("auto") ? heard : asked;
    }

    private static HttpAnswer events(String text) {
        Buffer events = Buffer.buffer();
        String[] words = text.split("(?= )", -1);
        for (String word : words) {
            events.appendString(
                    event(
                            new JsonObject()
                                    .put("type", "transcript.text.delta")
                                    .put("delta", word)));
        }
        events.appendString(
                event(
                        new JsonObject()
                                .put("type", "transcript.text.done")
                                .put("text", text)
                                .put("usage", new JsonObject())));
        return HttpAnswer.streamed("text/event-stream", events, 100, Duration.ZERO);
    }

    private static String event(JsonObject data) {
        return "data: " + data.encode() + "\n\n";
    }

    private JsonObject verbose(
            String text, String language, Wav wav, List<Ear.Word> words, boolean invented) {
        boolean codes = server.errors() == AudioServer.Errors.DETAIL;
        var segment =
                new JsonObject()
                        .put("id", 0)
                        .put("text", text)
                        .put("start", words.isEmpty() ? 0 : seconds(words.getFirst().startMillis()))
                        .put("end", words.isEmpty() ? 0 : seconds(words.getLast().endMillis()))
                        .put("temperature", 0.0)
                        .put("avg_logprob", invented ? -1.4 : -0.21)
                        .put("no_speech_prob", invented ? 0.87 : 0.02);
        return new JsonObject()
                .put("task", "transcribe")
                .put("language", codes ? language : NAMES.getOrDefault(language, language))
                .put("duration", seconds(wav.millis()))
                .put("text", text)
                .put("segments", text.isBlank() ? new JsonArray() : new JsonArray().add(segment));
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }
}
