package io.sandalphone.providers.assemblyai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.TranscriptionRequest;

import okhttp3.HttpUrl;
import okhttp3.Request;

import java.util.List;
import java.util.Optional;

/// What the service is asked: to open a session for a speaker, or whether it knows our key.
///
/// OkHttp writes `ws` as `http` inside its addresses.
final class SessionRequest {
    private static final int MOST_KEY_TERMS = 100;

    private SessionRequest() {}

    static Request open(AssemblyAiSettings settings, TranscriptionRequest speaker) {
        Optional<SpeechModel> model = SpeechModel.of(settings.model());
        HttpUrl.Builder url =
                endpoint(settings)
                        .newBuilder()
                        .addQueryParameter("speech_model", settings.model())
                        .addQueryParameter("encoding", "pcm_mulaw")
                        .addQueryParameter(
                                "sample_rate", Integer.toString(AudioFrame.TELEPHONE_RATE))
                        .addQueryParameter("format_turns", Boolean.toString(settings.formatTurns()))
                        .addQueryParameter(
                                "min_turn_silence",
                                Long.toString(settings.minTurnSilence().toMillis()))
                        .addQueryParameter(
                                "max_turn_silence",
                                Long.toString(settings.maxTurnSilence().toMillis()))
                        .addQueryParameter("session_heartbeat", "true");
        if (model.map(SpeechModel::weighsTheEnd).orElse(true)) {
            url.addQueryParameter(
                    "end_of_turn_confidence_threshold",
                    Double.toString(settings.endOfTurnConfidence()));
        }
        if (settings.languageDetection() && model.map(SpeechModel::detectsLanguage).orElse(true)) {
            url.addQueryParameter("language_detection", "true");
        }
        if (model.map(SpeechModel::waitsForPauses).orElse(false)) {
            url.addQueryParameter("continuous_partials", "true");
        }
        List<String> terms = speaker.keyTerms();
        if (!terms.isEmpty()) {
            var list = JsonNodeFactory.instance.arrayNode();
            terms.stream().limit(MOST_KEY_TERMS).forEach(list::add);
            url.addQueryParameter("keyterms_prompt", list.toString());
        }
        return authorized(settings, url.build());
    }

    /// Asks for a temporary token, which costs nothing and needs a key that works.
    static Request probe(AssemblyAiSettings settings) {
        HttpUrl endpoint = endpoint(settings);
        String path = endpoint.encodedPath();
        return authorized(
                settings,
                endpoint.newBuilder()
                        .encodedPath(path.substring(0, path.lastIndexOf('/')) + "/token")
                        .addQueryParameter("expires_in_seconds", "60")
                        .build());
    }

    private static Request authorized(AssemblyAiSettings settings, HttpUrl url) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", settings.apiKey().reveal())
                .build();
    }

    private static HttpUrl endpoint(AssemblyAiSettings settings) {
        return HttpUrl.get("http" + settings.endpoint().toString().substring("ws".length()));
    }
}
