package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.UrlPath;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/// A service of Google's that is asked with JSON and answers with JSON, let in by the same key, or the same account, as the
/// translator. What is sent goes into the body and the key into a header, neither into the address, which servers and proxies
/// write down. Thread-safe; blocks, and an interrupt ends it.
final class GoogleRest implements AutoCloseable {
    private static final MediaType JSON_TYPE = MediaType.get("application/json; charset=utf-8");
    private static final int UNAUTHORIZED = 401;

    private final GoogleHttp http = new GoogleHttp();
    private final URI endpoint;
    private final Access access;

    /// What shows Google who asks.
    private interface Access {
        Map<String, String> headers(long ends) throws ApiFailure, InterruptedException;

        /// Gets another proof in place of one that was refused; false where there is no other.
        boolean renew(long ends) throws ApiFailure, InterruptedException;

        /// The key of the settings that it stands under.
        String setting();
    }

    private record Key(Map<String, String> headers) implements Access {
        @Override
        public Map<String, String> headers(long ends) {
            return headers;
        }

        @Override
        public boolean renew(long ends) {
            return false;
        }

        @Override
        public String setting() {
            return "api-key";
        }
    }

    private record Account(GoogleTokens tokens) implements Access {
        @Override
        public Map<String, String> headers(long ends) throws ApiFailure, InterruptedException {
            return tokens.headers(ends).entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, header -> header.getValue().getFirst()));
        }

        @Override
        public boolean renew(long ends) throws ApiFailure, InterruptedException {
            tokens.renew(ends);
            return true;
        }

        @Override
        public String setting() {
            return "credentials";
        }
    }

    /// @param edition by which key or account the translator is let in
    /// @param endpoint scheme, host and port of the service
    GoogleRest(GoogleSettings.Edition edition, URI endpoint, GoogleMeters meters) {
        this.endpoint = endpoint;
        access =
                switch (edition) {
                    case GoogleSettings.Basic basic ->
                            new Key(Map.of("X-goog-api-key", basic.apiKey().reveal()));
                    case GoogleSettings.Advanced advanced ->
                            new Account(
                                    new GoogleTokens(
                                            advanced.credentials(),
                                            GoogleTokens.EVERY_SERVICE,
                                            new OkHttpTransport(http, meters)));
                };
    }

    /// What `path` answers to `body`.
    ///
    /// @param ends when it is to be there, on the clock of [System#nanoTime]
    JsonMessage ask(String path, ObjectNode body, long ends)
            throws ApiFailure, InterruptedException {
        VendorClient.Answer answer = post(path, body, ends);
        if (answer.status() == UNAUTHORIZED && access.renew(ends)) {
            answer = post(path, body, ends);
        }
        if (!answer.isSuccess()) {
            throw Refusal.of(answer.status(), answer.body().utf8()).failure();
        }
        try {
            return JsonMessage.parse(answer.body().utf8()).optional();
        } catch (UnreadableException _) {
            throw ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer is not JSON");
        }
    }

    private VendorClient.Answer post(String path, ObjectNode body, long ends)
            throws ApiFailure, InterruptedException {
        var request =
                new Request.Builder()
                        .url(UrlPath.below(endpoint, path))
                        .post(RequestBody.create(body.toString(), JSON_TYPE));
        access.headers(ends).forEach(request::header);
        try {
            return http.exchange(request.build(), ends);
        } catch (IOException broken) {
            throw GoogleHttp.failure(broken);
        }
    }

    /// Whether `service` lets us in, found out by a request to `path` without what has to be in it: that is refused as such, and
    /// free.
    ///
    /// @param address the key with the service's address
    Finding check(String service, String path, String address, long ends)
            throws InterruptedException {
        try {
            var _ = ask(path, JsonNodeFactory.instance.objectNode(), ends);
        } catch (ApiFailure failure) {
            if (failure.kind() != Kind.REQUEST) {
                return ApiFindings.of(failure, access.setting(), address, address);
            }
        }
        return Finding.ok(service + " lets us in");
    }

    @Override
    public void close() {
        http.close();
    }
}
