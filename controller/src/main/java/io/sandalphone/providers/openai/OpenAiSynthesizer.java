package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Finding;
import io.sandalphone.media.codec.SampleCoding;
import io.sandalphone.media.codec.SoundReader;
import io.sandalphone.providers.openai.OpenAiSpeechSettings.Speaking;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.VoiceStream;
import io.sandalphone.speech.worker.TextParts;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Speaks with `POST /audio/speech`, handing sound over as it comes.
final class OpenAiSynthesizer implements Synthesizer {
    private static final MediaType TYPE = MediaType.get("application/json");

    /// What is taken at once.
    private static final int MOST_CHARACTERS = 4000;

    private final OpenAiSpeechSettings settings;
    private final OpenAiServer server;
    private final VoiceStream voice;

    OpenAiSynthesizer(OpenAiSpeechSettings settings, VendorMeters meters) {
        this.settings = settings;
        server = settings.server();
        voice = new VoiceStream(OpenAiSpeechProvider.NAME, meters);
    }

    @Override
    public String name() {
        return OpenAiSpeechProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return server.unavailableReason();
    }

    @Override
    public boolean speaks(Language language) {
        return settings.speaking().voice(language).isPresent();
    }

    /// Which voices a server has, only its makers know; most of them speak every language.
    @Override
    public Optional<String> insteadOf(String voice, Language language) {
        return Optional.empty();
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        String usual =
                settings.speaking()
                        .voice(request.language())
                        .orElseThrow(() -> SpeechException.noVoice(request.language()));
        String name = request.voices().of(name()).orElse(usual);
        for (String part : TextParts.of(request.text(), MOST_CHARACTERS)) {
            long asked = System.nanoTime();
            server.stream(
                    post(part, name),
                    response -> {
                        request.usage()
                                .spoken(
                                        OpenAiSpeechProvider.NAME,
                                        part.codePointCount(0, part.length()));
                        voice.pass(sound(response), asked, out);
                    });
        }
    }

    private Request post(String text, String name) {
        Speaking speaking = settings.speaking();
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("model", speaking.model())
                        .put("input", text)
                        .put("voice", name)
                        .put("response_format", speaking.format().name().toLowerCase(Locale.ROOT));
        if (speaking.speed() != 1) {
            body.put("speed", speaking.speed());
        }
        return server.request("/audio/speech")
                .post(RequestBody.create(body.toString(), TYPE))
                .build();
    }

    private SoundReader sound(Response response) throws IOException, SpeechException {
        MediaType type = response.body().contentType();
        // As sound it would be noise.
        if (type != null && (type.type().equals("text") || type.subtype().endsWith("json"))) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "an answer that is no sound: " + type);
        }
        InputStream body = response.body().byteStream();
        Speaking speaking = settings.speaking();
        return switch (speaking.format()) {
            case PCM -> SoundReader.bare(body, SampleCoding.PCM_16, speaking.rate());
            case WAV -> VoiceStream.wav(body);
        };
    }

    /// Asks which models there are.
    @Override
    public List<Finding> check() throws InterruptedException {
        return List.of(
                server.check("speaking.model", settings.speaking().model())
                        .orElseGet(server::unlisted));
    }

    @Override
    public void close() {
        server.close();
    }
}
