package io.sandalphone.providers.openai;

import io.sandalphone.config.Finding;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.Upsampler;
import io.sandalphone.media.codec.WavFile;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.http.UtteranceService.Words;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.WholeUtterances;
import io.sandalphone.speech.segment.UtterancesOnly;

import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Understands with `POST /audio/transcriptions`, utterance by utterance: each is sent, as a WAV file of 16 kHz, when it is over.
final class OpenAiTranscriber implements Transcriber {
    private static final MediaType WAV = MediaType.get("audio/wav");
    private static final int WIDE_RATE = 2 * AudioFrame.TELEPHONE_RATE;

    /// A little silence more pushes the last samples out of the filter.
    private static final int FLUSH = 80;

    private final OpenAiSpeechSettings settings;
    private final OpenAiServer server;
    private final WholeUtterances utterances;

    /// Servers of one's own work on one utterance after the other.
    private final Semaphore places;

    OpenAiTranscriber(OpenAiSpeechSettings settings, VendorMeters meters) {
        this.settings = settings;
        server = settings.server();
        places = new Semaphore(settings.hearing().atOnce(), true);
        utterances =
                new WholeUtterances(
                        OpenAiSpeechProvider.NAME,
                        OpenAiSpeechProvider.NAME,
                        meters,
                        this::understands,
                        this::recognize);
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
    public boolean understands(Language language) {
        return settings.hearing().understands(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        return new UtterancesOnly(utterances.open(request, listener));
    }

    private Words recognize(short[] pcm, TranscriptionRequest request)
            throws SpeechException, InterruptedException {
        long ends = System.nanoTime() + settings.timeout().toNanos();
        if (!places.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SpeechException(Kind.OVERLOADED, "the server has too many utterances");
        }
        try {
            String body = server.text(post(pcm, request), ends);
            return HeardAnswer.parse(body, pcm.length / (double) AudioFrame.TELEPHONE_RATE);
        } finally {
            places.release();
        }
    }

    private Request post(short[] pcm, TranscriptionRequest request) {
        short[] wide = Upsampler.narrowBand().resample(Arrays.copyOf(pcm, pcm.length + FLUSH));
        var form =
                new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart("model", settings.hearing().model())
                        .addFormDataPart("language", request.language().base())
                        .addFormDataPart(
                                "response_format",
                                settings.hearing().format().name().toLowerCase(Locale.ROOT))
                        .addFormDataPart(
                                "file",
                                "utterance.wav",
                                RequestBody.create(WavFile.of(wide, WIDE_RATE), WAV));
        if (!request.keyTerms().isEmpty()) {
            form.addFormDataPart("prompt", String.join(", ", request.keyTerms()));
        }
        return server.request(settings.hearing().path()).post(form.build()).build();
    }

    /// Asks which models there are; a server without such a list is sent a second of silence, which costs nothing there.
    @Override
    public List<Finding> check() throws InterruptedException {
        Optional<Finding> listed = server.check("hearing.model", settings.hearing().model());
        if (listed.isPresent()) {
            return List.of(listed.get());
        }
        try {
            var silence =
                    new TranscriptionRequest(
                            new Language("en"), new Language("en"), List.of(), Usage.UNMETERED);
            var _ = recognize(new short[AudioFrame.TELEPHONE_RATE], silence);
            return List.of(Finding.ok("the server takes an utterance"));
        } catch (SpeechException failure) {
            return List.of(server.finding(failure, "hearing.path"));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
