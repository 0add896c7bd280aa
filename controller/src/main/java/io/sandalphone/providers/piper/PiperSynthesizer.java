package io.sandalphone.providers.piper;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.http.FailedCheck;
import io.sandalphone.speech.http.HttpRefusal;
import io.sandalphone.speech.http.VendorClient;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.VoiceStream;
import io.sandalphone.speech.worker.TextParts;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Speaks with Piper's own HTTP server, which answers a text with a WAV file when all of it is spoken: a long text is asked for part by
/// part. A voice that is not there would silently be another, perhaps of another language, so it is looked for before it first speaks.
final class PiperSynthesizer implements Synthesizer {
    private static final String SECTION = "engines.piper.";
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Duration CONNECT = Duration.ofSeconds(2);

    /// About ten seconds of speech.
    private static final int LONGEST_PART = 160;

    private final PiperSettings settings;
    private final VendorClient client;
    private final VoiceStream stream;

    /// Those that are known to be there.
    private final Set<PiperVoice> there = ConcurrentHashMap.newKeySet();

    PiperSynthesizer(PiperSettings settings, VendorMeters meters) {
        this.settings = settings;
        client = new VendorClient("Piper", CONNECT, settings.timeout());
        stream = new VoiceStream(PiperProvider.NAME, meters);
    }

    @Override
    public String name() {
        return PiperProvider.NAME;
    }

    @Override
    public boolean speaks(Language language) {
        return settings.voice(language).isPresent();
    }

    @Override
    public Optional<String> insteadOf(String voice, Language language) {
        return settings.voice(voice, language).isPresent()
                ? Optional.empty()
                : Optional.of(
                        settings.speaking(language)
                                .map(PiperVoice::name)
                                .collect(
                                        Collectors.joining(
                                                ", ", "one of engines.piper.voices: ", "")));
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        Language language = request.language();
        PiperVoice usual =
                settings.voice(language).orElseThrow(() -> SpeechException.noVoice(language));
        PiperVoice voice =
                request.voices()
                        .of(name())
                        .flatMap(name -> settings.voice(name, language))
                        .orElse(usual);
        for (String part : TextParts.of(request.text(), LONGEST_PART)) {
            require(voice);
            long asked = System.nanoTime();
            client.stream(
                    post(part, voice),
                    HttpRefusal::failure,
                    response -> {
                        request.usage()
                                .spoken(PiperProvider.NAME, part.codePointCount(0, part.length()));
                        stream.pass(VoiceStream.wav(response.body().byteStream()), asked, out);
                    });
        }
    }

    private Request post(String text, PiperVoice voice) {
        String body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("text", text)
                        .put("voice", voice.name())
                        .put("length_scale", settings.lengthScale())
                        .toString();
        return new Request.Builder()
                .url(settings.at(settings.path()))
                .post(RequestBody.create(body, TYPE))
                .build();
    }

    private void require(PiperVoice voice) throws SpeechException, InterruptedException {
        if (there.contains(voice)) {
            return;
        }
        if (!isThere(voice)) {
            throw new SpeechException(Kind.REQUEST, missing(voice));
        }
        there.add(voice);
    }

    private boolean isThere(PiperVoice voice) throws SpeechException, InterruptedException {
        Request voices = new Request.Builder().url(settings.at("/voices")).build();
        String list =
                client.text(
                        voices,
                        System.nanoTime() + settings.timeout().toNanos(),
                        HttpRefusal::failure);
        try {
            return JsonMessage.parse(list).optional().has(voice.name());
        } catch (UnreadableException _) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "Piper's list of voices is not JSON");
        }
    }

    private static String missing(PiperVoice voice) {
        return "Piper has no voice " + voice.name();
    }

    /// Asks which voices there are.
    @Override
    public List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            for (PiperVoice voice : settings.voices()) {
                if (!isThere(voice)) {
                    findings.add(Finding.fault(SECTION + "voices", missing(voice)));
                }
            }
        } catch (SpeechException failure) {
            String address = SECTION + "base-url";
            return List.of(FailedCheck.of(failure, address, address, address));
        }
        return findings.isEmpty() ? List.of(Finding.ok("Piper has every voice")) : findings;
    }

    @Override
    public void close() {
        client.close();
    }
}
