package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Piper's own HTTP server: text comes back as a whole WAV file, at the rate of the voice. A voice that is not there is silently
/// another, and empty text is an error of the server.
///
/// Beside what every fake of HTTP can do: SERVER_ERROR.
public final class PiperServer implements HttpService {
    /// The voices that are there, with their rates; the first is the one that speaks unless another is asked for.
    private static final Map<String, Integer> VOICES =
            new TreeMap<>(
                    Map.of(
                            "en_US-fake-medium",
                            22_050,
                            "es_MX-fake-low",
                            16_000,
                            "es_ES-fake-low",
                            16_000));

    private static final String DEFAULT = "en_US-fake-medium";

    private final SpeechGenerator generator;
    private final Duration loading;
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();
    private final List<SaidText> said = new CopyOnWriteArrayList<>();

    /// @param loading how much later the first words of a voice come
    public PiperServer(SpeechGenerator generator, Duration loading) {
        this.generator = generator;
        this.loading = loading;
    }

    /// What it was sent to say so far, in order; the speed is what `length_scale` makes of it.
    public List<SaidText> said() {
        return List.copyOf(said);
    }

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.SERVER_ERROR);
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
        return switch (call.what()) {
            // The latter in older releases.
            case "POST /synthesize", "POST /" -> speak(call);
            case "GET /voices" -> voices();
            case "GET /info" -> HttpAnswer.json(new JsonObject().put("name", DEFAULT));
            default -> throw HttpRefusal.plain(404, "<h1>Not Found</h1>");
        };
    }

    private static HttpAnswer voices() {
        var voices = new JsonObject();
        VOICES.forEach(
                (voice, rate) ->
                        voices.put(
                                voice,
                                new JsonObject()
                                        .put("audio", new JsonObject().put("sample_rate", rate))));
        return HttpAnswer.json(voices);
    }

    private HttpAnswer speak(HttpCall call) throws HttpRefusal, InterruptedException {
        SaidText asked = read(call);
        if (asked.text().isBlank()) {
            throw failure();
        }
        String speaking = VOICES.containsKey(asked.voice()) ? asked.voice() : DEFAULT;
        said.add(asked);
        int rate = Objects.requireNonNull(VOICES.get(speaking));
        try {
            short[] pcm = generator.say(asked.text(), new Language(speaking.substring(0, 2)));
            var samples = Sound.bytes(Sound.at(rate, pcm, Sound.TELEPHONE));
            return HttpAnswer.whole(
                            "audio/wav", new WavHeader(WavHeader.PCM, 16, rate).file(samples))
                    .later(loaded.add(speaking) ? loading : Duration.ZERO);
        } catch (SpeechException e) {
            throw failure();
        }
    }

    private static SaidText read(HttpCall call) throws HttpRefusal {
        try {
            var asked = new JsonObject(call.body());
            return new SaidText(
                    (String) asked.getValue("text", ""),
                    (String) asked.getValue("voice", DEFAULT),
                    1 / asked.getDouble("length_scale", 1.0));
        } catch (DecodeException | ClassCastException e) {
            throw HttpRefusal.plain(400, "<h1>Bad Request</h1>");
        }
    }

    private static HttpRefusal failure() {
        return HttpRefusal.plain(500, "<h1>Internal Server Error</h1>");
    }

    @Override
    public Optional<HttpRefusal> refusal(Fault fault, int count) {
        return fault == Fault.SERVER_ERROR ? Optional.of(failure()) : Optional.empty();
    }
}
