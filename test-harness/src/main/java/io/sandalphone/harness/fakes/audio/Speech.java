package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// Text that is sent and comes back as sound.
final class Speech {
    private static final Set<String> VOICES = Set.of("alloy", "coral", "ef_dora");
    private static final int LONGEST = 4096;
    private static final int RATE = 24_000;

    /// Odd, so that chunks end in the middle of a sample.
    private static final int CHUNK = 4801;

    /// The sound comes twice as fast as it is heard.
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final AudioServer server;
    private final AudioRefusals refusals;
    private final SpeechGenerator generator;
    private final boolean paced;
    private final List<SaidText> said = new CopyOnWriteArrayList<>();

    Speech(AudioServer server, AudioRefusals refusals, SpeechGenerator generator, boolean paced) {
        this.server = server;
        this.refusals = refusals;
        this.generator = generator;
        this.paced = paced;
    }

    List<SaidText> said() {
        return List.copyOf(said);
    }

    HttpAnswer answer(HttpCall call) throws HttpRefusal, InterruptedException {
        try {
            return answer(new JsonObject(call.body()));
        } catch (DecodeException | ClassCastException e) {
            throw refusals.invalid("no JSON, or a value of the wrong type");
        } catch (SpeechException e) {
            throw refusals.of(500, "", "cannot say that");
        }
    }

    private HttpAnswer answer(JsonObject asked)
            throws HttpRefusal, SpeechException, InterruptedException {
        String model = asked.getString("model", "");
        if (!server.models().contains(model)) {
            throw refusals.of(
                    404, "model_not_found", "The model `%s` does not exist".formatted(model));
        }
        String input = (String) asked.getValue("input", "");
        String voice = (String) asked.getValue("voice", "");
        if (input.isBlank() || input.length() > LONGEST || !VOICES.contains(voice)) {
            throw refusals.invalid(
                    "An 'input' of 1 to %d characters and a known 'voice' are expected"
                            .formatted(LONGEST));
        }
        if (!asked.getString("stream_format", "audio").equals("audio")) {
            throw refusals.invalid("this fake streams sound, no events");
        }
        // Whoever names no format gets MP3, which this fake cannot make, and no telephone needs.
        String format = asked.getString("response_format", "mp3");
        if (!format.equals("pcm") && !format.equals("wav")) {
            throw refusals.invalid("this fake makes pcm and wav, not " + format);
        }
        int rate = server.ownRates() ? asked.getInteger("sample_rate", RATE) : RATE;
        said.add(new SaidText(input, voice, asked.getDouble("speed", 1.0)));
        short[] pcm = Sound.at(rate, generator.say(input, new Language("en")), Sound.TELEPHONE);
        Buffer samples = Sound.bytes(pcm);
        boolean wav = format.equals("wav");
        return HttpAnswer.streamed(
                wav ? "audio/wav" : "audio/pcm",
                wav ? new WavHeader(WavHeader.PCM, 16, rate).streamed(samples) : samples,
                CHUNK,
                paced ? BETWEEN : Duration.ZERO);
    }
}
