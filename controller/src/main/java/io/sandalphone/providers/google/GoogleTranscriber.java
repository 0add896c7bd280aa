package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Finding;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.providers.google.GoogleSpeechSettings.Hearing;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.http.UtteranceService.Words;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.WholeUtterances;
import io.sandalphone.speech.segment.UtterancesOnly;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Understands with Google Speech-to-Text, utterance by utterance: each is sent, as mu-law of 8 kHz, when it is over.
///
/// Not each model hears each language. One that does not hear a language says so, and from then on the model that hears all of them
/// is asked for that one.
final class GoogleTranscriber implements Transcriber {
    /// What it listens to is reported under.
    static final String PLAN = "speech";

    private static final String TARIFF = GoogleProvider.NAME + '-' + PLAN;
    private static final String PATH = "/v1/speech:recognize";

    private final Hearing settings;
    private final GoogleRest rest;
    private final GoogleAvailability availability = new GoogleAvailability();
    private final WholeUtterances utterances;

    /// Languages, as Google calls them, that the model of the settings does not hear.
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();

    GoogleTranscriber(Hearing settings, GoogleRest rest, VendorMeters meters) {
        this.settings = settings;
        this.rest = rest;
        utterances =
                new WholeUtterances(
                        GoogleProvider.NAME, TARIFF, meters, this::understands, this::recognize);
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
    public boolean understands(Language language) {
        return SpeechLanguages.heard(language).isPresent();
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        return new UtterancesOnly(utterances.open(request, listener));
    }

    private Words recognize(short[] pcm, TranscriptionRequest request)
            throws SpeechException, InterruptedException {
        long ends = System.nanoTime() + settings.timeout().toNanos();
        String language = SpeechLanguages.heard(request.language()).orElseThrow();
        String model = unheard.contains(language) ? Hearing.EVERY_LANGUAGE : settings.model();
        try {
            return ask(pcm, request, language, model, ends);
        } catch (ApiFailure failure) {
            if (failure.kind() != Kind.REQUEST || model.equals(Hearing.EVERY_LANGUAGE)) {
                throw availability.failed(failure);
            }
        }
        Words words;
        try {
            words = ask(pcm, request, language, Hearing.EVERY_LANGUAGE, ends);
        } catch (ApiFailure failure) {
            throw availability.failed(failure);
        }
        unheard.add(language);
        return words;
    }

    private Words ask(
            short[] pcm, TranscriptionRequest request, String language, String model, long ends)
            throws ApiFailure, InterruptedException {
        byte[] sound = new byte[pcm.length];
        G711.MU_LAW.encode(pcm, sound);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode config =
                body.putObject("config")
                        .put("encoding", "MULAW")
                        .put("sampleRateHertz", AudioFrame.TELEPHONE_RATE)
                        .put("languageCode", language)
                        .put("model", model)
                        .put("maxAlternatives", 1)
                        .put("enableAutomaticPunctuation", true);
        if (!request.keyTerms().isEmpty()) {
            ArrayNode phrases = config.putArray("speechContexts").addObject().putArray("phrases");
            request.keyTerms().forEach(phrases::add);
        }
        body.putObject("audio").put("content", Base64.getEncoder().encodeToString(sound));
        Words words = HeardSpeech.of(rest.ask(PATH, body, ends));
        availability.worked();
        return words;
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        long ends = System.nanoTime() + settings.timeout().toNanos();
        return List.of(rest.check("Google Speech-to-Text", PATH, "hearing.endpoint", ends));
    }

    @Override
    public void close() {
        rest.close();
    }
}
