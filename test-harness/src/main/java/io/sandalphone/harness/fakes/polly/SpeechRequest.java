package io.sandalphone.harness.fakes.polly;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A request for speech that Polly would carry out.
///
/// @param text what is to be heard, without markup
/// @param format `mulaw` or `pcm`
record SpeechRequest(String engine, FakeVoice voice, String format, String text) {
    private static final Set<String> ENGINES =
            Set.of("standard", "neural", "long-form", "generative");
    private static final Set<String> FIELDS =
            Set.of(
                    "Engine",
                    "LanguageCode",
                    "LexiconNames",
                    "OutputFormat",
                    "SampleRate",
                    "SpeechMarkTypes",
                    "Text",
                    "TextType",
                    "VoiceId");
    private static final Map<String, List<String>> RATES =
            Map.of(
                    "mulaw", List.of("8000"),
                    "alaw", List.of("8000"),
                    "pcm", List.of("8000", "16000"));
    private static final int MOST_IN_ALL = 6000;
    private static final int MOST_BILLED = 3000;

    static SpeechRequest read(Buffer body) throws Refusal {
        JsonObject json = json(body);
        String engine = json.getString("Engine", "standard");
        String format = json.getString("OutputFormat", "");
        String type = json.getString("TextType", "text");
        if (!ENGINES.contains(engine) || !(type.equals("text") || type.equals("ssml"))) {
            throw Refusal.invalid("Value failed to satisfy constraint: Member must satisfy enum");
        }
        FakeVoice voice =
                FakeVoice.find(json.getString("VoiceId", ""))
                        .orElseThrow(() -> Refusal.invalid("Value at 'voiceId' is no voice"));
        if (!voice.engines().contains(engine)) {
            throw new Refusal(
                    400,
                    "EngineNotSupportedException",
                    "This voice does not support the selected engine: " + engine);
        }
        String language = json.getString("LanguageCode", voice.language());
        if (!voice.speaks(language)) {
            throw new Refusal(
                    400,
                    "LanguageNotSupportedException",
                    "This voice does not support the selected language: " + language);
        }
        checkSound(format, json.getString("SampleRate", format.equals("pcm") ? "16000" : "8000"));
        return new SpeechRequest(engine, voice, format, text(json.getString("Text", ""), type));
    }

    private static JsonObject json(Buffer body) throws Refusal {
        try {
            var json = new JsonObject(body);
            if (!FIELDS.containsAll(json.fieldNames())) {
                throw Refusal.invalid("unknown members in " + json.fieldNames());
            }
            return json;
        } catch (DecodeException e) {
            throw new Refusal(400, "SerializationException", "no JSON");
        }
    }

    private static void checkSound(String format, String rate) throws Refusal {
        List<String> rates = RATES.get(format);
        if (rates == null) {
            throw Refusal.invalid("Value at 'outputFormat' is none this fake makes: " + format);
        }
        if (!rates.contains(rate)) {
            throw new Refusal(
                    400, "InvalidSampleRateException", "The specified sample rate is not valid");
        }
        // The fake makes telephone sound only.
        if (!rate.equals("8000") || format.equals("alaw")) {
            throw Refusal.invalid("this fake makes mulaw and pcm at 8000, not " + format);
        }
    }

    private static String text(String sent, String type) throws Refusal {
        if (sent.isEmpty()) {
            throw Refusal.invalid("Value at 'text' failed: must not be empty");
        }
        String text = type.equals("ssml") ? Ssml.text(sent) : sent;
        if (sent.length() > MOST_IN_ALL || text.codePointCount(0, text.length()) > MOST_BILLED) {
            throw new Refusal(400, "TextLengthExceededException", "Maximum text length exceeded");
        }
        return text;
    }

    int billed() {
        return text.codePointCount(0, text.length());
    }

    String contentType() {
        return "audio/" + format;
    }

    int bytesPerSecond() {
        return format.equals("pcm") ? 16_000 : 8000;
    }
}
