package org.example.speech;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Secret;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The service, by its wire protocol alone: `POST /translate`, `/speak` and `/recognize`, with languages in
/// the query, and what goes wrong as one of the kinds that the gateway acts on. Thread-safe.
final class ExampleService implements AutoCloseable {
    private static final Set<String> LANGUAGES = Set.of("en", "es");

    private final URI endpoint;
    private final Secret key;
    private final Duration timeout;
    private final HttpClient client;

    ExampleService(URI endpoint, Secret key, Duration timeout) {
        this.endpoint = endpoint;
        this.key = key;
        this.timeout = timeout;
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .build();
    }

    /// Whether it has this language, whatever the region.
    static boolean speaks(Language language) {
        return LANGUAGES.contains(language.base());
    }

    String text(String path, String query, BodyPublisher body)
            throws SpeechException, InterruptedException {
        return post(path, query, body, HttpResponse.BodyHandlers.ofString());
    }

    /// What it answers, as it comes.
    InputStream stream(String path, String query, BodyPublisher body)
            throws SpeechException, InterruptedException {
        return post(path, query, body, HttpResponse.BodyHandlers.ofInputStream());
    }

    private <T> T post(String path, String query, BodyPublisher body, BodyHandler<T> handler)
            throws SpeechException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve(path + "?" + query))
                        .header("Authorization", "Bearer " + key.reveal())
                        .timeout(timeout)
                        .POST(body)
                        .build();
        try {
            HttpResponse<T> response = client.send(request, handler);
            if (response.statusCode() != 200) {
                throw refused(response.statusCode());
            }
            return response.body();
        } catch (HttpTimeoutException _) {
            throw new SpeechException(Kind.TIMEOUT, "no answer in " + timeout);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Never with the text of the answer, which may repeat what was said.
    private static SpeechException refused(int status) {
        Kind kind =
                switch (status) {
                    case 401, 403 -> Kind.CREDENTIALS;
                    case 402 -> Kind.QUOTA;
                    case 429 -> Kind.OVERLOADED;
                    case 400, 404, 413, 422 -> Kind.REQUEST;
                    default -> Kind.PROVIDER_FAULT;
                };
        return new SpeechException(kind, "the service answers with " + status);
    }

    /// A connection was lost, or never made; unless this thread was interrupted, which the client of the
    /// JDK tells in the same way while it waits for more of a body.
    static SpeechException lost(IOException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return new SpeechException(
                Kind.UNREACHABLE, "connection lost: " + e.getClass().getSimpleName());
    }

    /// Asks without cost whether it would work, naming the setting to change.
    List<Finding> check() throws InterruptedException {
        try {
            text("/check", "", HttpRequest.BodyPublishers.noBody());
            return List.of(Finding.ok("ready"));
        } catch (SpeechException e) {
            String setting =
                    e.kind() == Kind.CREDENTIALS
                            ? "engines.example.api-key"
                            : "engines.example.endpoint";
            return List.of(Finding.fault(setting, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
