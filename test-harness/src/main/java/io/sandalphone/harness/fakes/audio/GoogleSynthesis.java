package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.measure.ALaw;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// `text:synthesize`: MULAW, ALAW and LINEAR16 with a WAV header, PCM without.
final class GoogleSynthesis {
    private static final int LONGEST_BYTES = 5000;
    private static final int USUAL_RATE = 24_000;

    private final SpeechGenerator generator;
    private final List<SaidText> said = new CopyOnWriteArrayList<>();

    GoogleSynthesis(SpeechGenerator generator) {
        this.generator = generator;
    }

    List<SaidText> said() {
        return List.copyOf(said);
    }

    HttpAnswer answer(JsonObject asked, boolean incomplete)
            throws HttpRefusal, InterruptedException {
        String text = asked.getJsonObject("input", new JsonObject()).getString("text", "");
        if (text.isBlank() || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
            throw GoogleSpeech.invalid(
                    "Either `input.text` or `input.ssml` is longer than the limit of 5000 bytes, or"
                            + " neither is there.");
        }
        JsonObject voice = asked.getJsonObject("voice", new JsonObject());
        String language = voice.getString("languageCode", "");
        String name = voice.getString("name", "");
        if (language.isEmpty() || (!name.isEmpty() && !name.startsWith(language))) {
            throw GoogleSpeech.invalid(
                    "Requested language code '%s' doesn't match the voice '%s'."
                            .formatted(language, name));
        }
        JsonObject config = asked.getJsonObject("audioConfig", new JsonObject());
        double speed = config.getDouble("speakingRate", 1.0);
        if (speed < 0.25 || speed > 2) {
            throw GoogleSpeech.invalid("Speaking rate is out of range.");
        }
        said.add(new SaidText(text, name, speed));
        if (incomplete) {
            return HttpAnswer.json(new JsonObject().put("audioContent", new JsonArray().add(7)));
        }
        int rate = config.getInteger("sampleRateHertz", USUAL_RATE);
        short[] pcm = Sound.at(rate, say(text, language), Sound.TELEPHONE);
        Buffer sound = encoded(config.getString("audioEncoding", ""), pcm, rate);
        return HttpAnswer.json(
                new JsonObject()
                        .put("audioContent", Base64.getEncoder().encodeToString(sound.getBytes())));
    }

    private short[] say(String text, String language) throws HttpRefusal, InterruptedException {
        try {
            return generator.say(text, new Language(language));
        } catch (SpeechException e) {
            throw GoogleSpeech.invalid("cannot say that");
        }
    }

    private static Buffer encoded(String encoding, short[] pcm, int rate) throws HttpRefusal {
        return switch (encoding) {
            case "MULAW" ->
                    new WavHeader(WavHeader.MU_LAW, 8, rate)
                            .fileWithNotes(Buffer.buffer(MuLaw.encode(pcm)));
            case "ALAW" -> new WavHeader(WavHeader.A_LAW, 8, rate).fileWithNotes(aLaw(pcm));
            case "LINEAR16" ->
                    new WavHeader(WavHeader.PCM, 16, rate).fileWithNotes(Sound.bytes(pcm));
            case "PCM" -> Sound.bytes(pcm);
            default ->
                    throw GoogleSpeech.invalid(
                            "this fake makes MULAW, ALAW, LINEAR16 and PCM, not " + encoding);
        };
    }

    private static Buffer aLaw(short[] pcm) {
        Buffer bytes = Buffer.buffer(pcm.length);
        for (short sample : pcm) {
            bytes.appendByte(ALaw.encode(sample));
        }
        return bytes;
    }
}
