package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Edition v2 of the service, with an API key. The text goes into the body and the key into a header,
/// neither into the address, which servers and proxies write down.
final class BasicApi implements TranslationApi {
    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    private static final String PATH = "language/translate/v2";

    private final GoogleHttp http = new GoogleHttp();
    private final GoogleSettings.Basic settings;
    private final HttpUrl address;
    private final Duration timeout;
    private final GoogleMeters meters;

    /// @param timeout how long the answer to a check may take
    BasicApi(GoogleSettings.Basic settings, URI endpoint, Duration timeout, GoogleMeters meters) {
        this.settings = settings;
        this.meters = meters;
        this.address = HttpUrl.get(endpoint.toString()).newBuilder().addPathSegments(PATH).build();
        this.timeout = timeout;
    }

    @Override
    public String translate(Phrase phrase, long ends) throws ApiFailure, InterruptedException {
        // Without the format it would be taken for HTML, and come back with entities in it.
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("q", phrase.text())
                        .put("source", phrase.from())
                        .put("target", phrase.to())
                        .put("format", "text");
        Request request =
                request(address).post(RequestBody.create(body.toString(), JSON_TYPE)).build();
        TranslationAnswer answer;
        try {
            answer = TranslationAnswer.parse(ask(request, ends));
        } catch (UnreadableException _) {
            throw ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer is not JSON");
        }
        if (answer.incomplete()) {
            meters.incomplete().increment();
        }
        return answer.text()
                .orElseThrow(
                        () ->
                                ApiFailure.of(
                                        Kind.PROVIDER_FAULT,
                                        "Google's answer holds no translation"));
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        HttpUrl languages =
                address.newBuilder()
                        .addPathSegment("languages")
                        .addQueryParameter("model", "nmt")
                        .build();
        try {
            ask(request(languages).build(), System.nanoTime() + timeout.toNanos());
            return List.of(Finding.ok("Google Cloud Translation v2 takes the API key"));
        } catch (ApiFailure failure) {
            return List.of(ApiFindings.of(failure, "api-key", "endpoint"));
        }
    }

    private Request.Builder request(HttpUrl url) {
        return new Request.Builder().url(url).header("X-goog-api-key", settings.apiKey().reveal());
    }

    private String ask(Request request, long ends) throws ApiFailure, InterruptedException {
        VendorClient.Answer answer;
        try {
            answer = http.exchange(request, ends);
        } catch (IOException e) {
            throw GoogleHttp.failure(e);
        }
        if (!answer.isSuccess()) {
            throw Refusal.of(answer.status(), answer.body().utf8()).failure();
        }
        return answer.body().utf8();
    }

    @Override
    public void close() {
        http.close();
    }
}
