package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.measure.MuLaw;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// `speech:recognize`: one finished utterance, as MULAW or LINEAR16 without a header.
final class GoogleRecognition {
    private static final Set<String> MODELS =
            Set.of(
                    "telephony",
                    "telephony_short",
                    "latest_short",
                    "latest_long",
                    "phone_call",
                    "default");

    /// Not each model hears each language.
    private static final Set<String> TELEPHONY =
            Set.of("en-US", "en-GB", "es-ES", "es-US", "es-MX");

    private static final long LONGEST_MILLIS = 60_000;
    private static final int LARGEST = 10_000_000;

    /// What was said is told in results of at most so many words.
    private static final int WORDS_OF_RESULT = 3;

    private final Ear ear;
    private final List<HeardUpload> heard = new CopyOnWriteArrayList<>();

    GoogleRecognition(Ear ear) {
        this.ear = ear;
    }

    List<HeardUpload> heard() {
        return List.copyOf(heard);
    }

    HttpAnswer answer(JsonObject asked, boolean incomplete) throws HttpRefusal {
        JsonObject config = asked.getJsonObject("config", new JsonObject());
        check(config);
        int rate = config.getInteger("sampleRateHertz", 0);
        byte[] sound = sound(asked);
        short[] pcm =
                config.getString("encoding").equals("MULAW")
                        ? MuLaw.decode(sound)
                        : Sound.samples(sound);
        long millis = pcm.length * 1000L / rate;
        if (millis > LONGEST_MILLIS || sound.length > LARGEST) {
            throw GoogleSpeech.invalid("Sync input too long. Use LongRunningRecognize instead.");
        }
        List<Ear.Word> words = ear.hear(Sound.at(Sound.TELEPHONE, pcm, rate));
        Map<String, String> fields = new LinkedHashMap<>();
        config.forEach(field -> fields.put(field.getKey(), String.valueOf(field.getValue())));
        heard.add(new HeardUpload(rate, millis, fields, words));
        if (incomplete) {
            return HttpAnswer.json(
                    new JsonObject()
                            .put(
                                    "results",
                                    new JsonArray().add(new JsonObject().put("alternatives", 7)))
                            .put("tomorrow", true));
        }
        // Of nothing that was understood there is no result, which is no error.
        var body = new JsonObject();
        if (!words.isEmpty()) {
            body.put("results", results(words, config));
        }
        return HttpAnswer.json(
                body.put("totalBilledTime", Math.ceilDiv(millis, 1000) + "s")
                        .put("requestId", Integer.toString(heard.size())));
    }

    private static void check(JsonObject config) throws HttpRefusal {
        String encoding = config.getString("encoding", "");
        if (!encoding.equals("MULAW") && !encoding.equals("LINEAR16")) {
            throw GoogleSpeech.invalid("this fake hears MULAW and LINEAR16, not " + encoding);
        }
        if (config.getInteger("sampleRateHertz", 0) < 8000) {
            throw GoogleSpeech.invalid("sample_rate_hertz must be at least 8000.");
        }
        String model = config.getString("model", "default");
        String language = config.getString("languageCode", "");
        boolean heard = !model.startsWith("telephony") || TELEPHONY.contains(language);
        if (language.isEmpty() || !MODELS.contains(model) || !heard) {
            throw GoogleSpeech.invalid(
                    "The requested model is currently not supported for language : " + language);
        }
    }

    private static byte[] sound(JsonObject asked) throws HttpRefusal {
        try {
            byte[] sound =
                    Base64.getDecoder()
                            .decode(
                                    asked.getJsonObject("audio", new JsonObject())
                                            .getString("content", ""));
            if (sound.length == 0) {
                throw GoogleSpeech.invalid("RecognitionAudio not set.");
            }
            return sound;
        } catch (IllegalArgumentException e) {
            throw GoogleSpeech.invalid("Base64 decoding failed.");
        }
    }

    private static JsonArray results(List<Ear.Word> words, JsonObject config) {
        boolean times = config.getBoolean("enableWordTimeOffsets", false);
        var results = new JsonArray();
        for (int at = 0; at < words.size(); at += WORDS_OF_RESULT) {
            List<Ear.Word> some = words.subList(at, Math.min(words.size(), at + WORDS_OF_RESULT));
            var alternative =
                    new JsonObject()
                            .put("transcript", (at == 0 ? "" : " ") + Ear.text(some))
                            .put("confidence", 0.93);
            if (times) {
                alternative.put("words", times(some));
            }
            results.add(
                    new JsonObject()
                            .put("alternatives", new JsonArray().add(alternative))
                            .put("resultEndTime", seconds(some.getLast().endMillis()))
                            .put("languageCode", language(some, config)));
        }
        return results;
    }

    /// In small letters, that of the words where it was asked for.
    private static String language(List<Ear.Word> words, JsonObject config) {
        String first = config.getString("languageCode");
        for (Object each : config.getJsonArray("alternativeLanguageCodes", new JsonArray())) {
            if (((String) each).startsWith(words.getFirst().language())) {
                return ((String) each).toLowerCase(Locale.ROOT);
            }
        }
        return first.toLowerCase(Locale.ROOT);
    }

    private static JsonArray times(List<Ear.Word> words) {
        var all = new JsonArray();
        for (Ear.Word word : words) {
            all.add(
                    new JsonObject()
                            .put("startTime", seconds(word.startMillis()))
                            .put("endTime", seconds(word.endMillis()))
                            .put("word", word.text()));
        }
        return all;
    }

    private static String seconds(long millis) {
        return "%d.%03ds".formatted(millis / 1000, millis % 1000);
    }
}
