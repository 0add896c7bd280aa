package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.providers.google.GoogleSpeechSettings.Speaking;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.VoiceStream;
import io.sandalphone.speech.worker.TextParts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Speaks with Google Text-to-Speech: a text is answered with all of its sound, mu-law of 8 kHz in a WAV file. A long text is asked for
/// part by part.
final class GoogleSynthesizer implements Synthesizer {
    /// Kinds of voices, which differ in price, by what stands in their names.
    static final Set<String> FAMILIES =
            Set.of("standard", "wavenet", "neural2", "studio", "polyglot", "chirp3-hd", "chirp-hd");

    /// What is reported where Google chooses the voice, or a kind that is not known speaks.
    static final String PLAN = "voice";

    private static final String PATH = "/v1/text:synthesize";

    /// 5000 bytes are taken at once; no character is more than four, and about ten seconds come sooner than all.
    private static final int LONGEST_PART = 160;

    private final Speaking settings;
    private final GoogleRest rest;
    private final VoiceStream stream;
    private final GoogleAvailability availability = new GoogleAvailability();

    /// Who speaks.
    private record Voice(String language, Optional<String> name) {
        String tariff() {
            String lower = name.orElse("").toLowerCase(Locale.ROOT);
            String family =
                    FAMILIES.stream()
                            .filter(each -> lower.contains('-' + each + '-'))
                            .findFirst()
                            .orElse(PLAN);
            return GoogleProvider.NAME + '-' + family;
        }
    }

    GoogleSynthesizer(Speaking settings, GoogleRest rest, VendorMeters meters) {
        this.settings = settings;
        this.rest = rest;
        stream = new VoiceStream(GoogleProvider.NAME, meters);
    }

    @Override
    public String name() {
        return GoogleProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return availability.reason();
    }

    @Override
    public boolean speaks(Language language) {
        return voice(language).isPresent();
    }

    private Optional<Voice> voice(Language language) {
        return voice(language, settings.voices().of(language));
    }

    private static Optional<Voice> voice(Language language, Optional<String> name) {
        return name.flatMap(SpeechLanguages::ofVoice)
                .or(() -> SpeechLanguages.spoken(language))
                .map(code -> new Voice(code, name));
    }

    /// Its voices are too many to know them, but begin with their language.
    @Override
    public Optional<String> insteadOf(String voice, Language language) {
        String spoken = voice(language).map(Voice::language).orElse(language.tag());
        return SpeechLanguages.ofVoice(voice)
                .filter(code -> !new Language(code).sameAs(new Language(spoken)))
                .map(_ -> "a voice of Google's that begins with " + spoken);
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        Voice usual =
                voice(request.language())
                        .orElseThrow(() -> SpeechException.noVoice(request.language()));
        Voice voice =
                request.voices()
                        .of(name())
                        .flatMap(name -> voice(request.language(), Optional.of(name)))
                        .orElse(usual);
        for (String part : TextParts.of(request.text(), LONGEST_PART)) {
            try {
                speak(part, voice, request, out);
                availability.worked();
            } catch (ApiFailure failure) {
                throw availability.failed(failure);
            }
        }
    }

    private void speak(String text, Voice voice, SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        // What was asked when the thread was interrupted already would be paid for in vain.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long asked = System.nanoTime();
        byte[] sound = sound(text, voice, request, asked + settings.timeout().toNanos());
        try {
            stream.pass(VoiceStream.wav(new ByteArrayInputStream(sound)), asked, out);
        } catch (IOException broken) {
            throw GoogleHttp.failure(broken);
        }
    }

    private byte[] sound(String text, Voice voice, SynthesisRequest request, long ends)
            throws ApiFailure, InterruptedException {
        boolean sent = true;
        try {
            JsonMessage answer = rest.ask(PATH, body(text, voice), ends);
            return Base64.getDecoder().decode(answer.text("audioContent").orElse(""));
        } catch (ApiFailure failure) {
            sent = failure.sent();
            throw failure;
        } catch (IllegalArgumentException _) {
            throw ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer holds no sound");
        } finally {
            if (sent) {
                request.usage().spoken(voice.tariff(), text.codePointCount(0, text.length()));
            }
        }
    }

    private ObjectNode body(String text, Voice voice) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("input").put("text", text);
        ObjectNode own = body.putObject("voice").put("languageCode", voice.language());
        voice.name().ifPresent(name -> own.put("name", name));
        ObjectNode config =
                body.putObject("audioConfig")
                        .put("audioEncoding", "MULAW")
                        .put("sampleRateHertz", AudioFrame.TELEPHONE_RATE);
        if (settings.rate() != 1) {
            config.put("speakingRate", settings.rate());
        }
        return body;
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        long ends = System.nanoTime() + settings.timeout().toNanos();
        return List.of(rest.check("Google Text-to-Speech", PATH, "speaking.endpoint", ends));
    }

    @Override
    public void close() {
        rest.close();
    }
}
