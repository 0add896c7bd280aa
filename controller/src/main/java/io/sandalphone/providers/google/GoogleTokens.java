package io.sandalphone.providers.google;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;

import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tokens that let us in, got from Google for a service account's key and kept until they run
/// out. Credentials that cannot be read are read again with the next request.
///
/// Thread-safe; blocks while a token is got.
final class GoogleTokens {
    /// What a token is for: translation.
    static final String TRANSLATION = "https://www.googleapis.com/auth/cloud-translation";

    /// The same: whatever the account may use; recognition and voices have no narrower one.
    static final String EVERY_SERVICE = "https://www.googleapis.com/auth/cloud-platform";

    private final Optional<Path> file;
    private final String scope;
    private final OkHttpTransport transport;
    private volatile @Nullable GoogleCredentials loaded;

    /// @param file the key of a service account; empty for application default credentials
    /// @param scope what the tokens are for
    GoogleTokens(Optional<Path> file, String scope, OkHttpTransport transport) {
        this.file = file;
        this.scope = scope;
        this.transport = transport;
    }

    /// The headers that show the token.
    Map<String, List<String>> headers(long ends) throws ApiFailure, InterruptedException {
        return ask(credentials -> credentials.getRequestMetadata(null), ends);
    }

    /// Gets another token, whatever the one there is looks like.
    void renew(long ends) throws ApiFailure, InterruptedException {
        ask(
                credentials -> {
                    credentials.refresh();
                    return credentials;
                },
                ends);
    }

    /// The project the credentials belong to, when they say so.
    Optional<String> project(long ends) throws ApiFailure, InterruptedException {
        return ask(
                credentials ->
                        credentials instanceof ServiceAccountCredentials account
                                ? Optional.ofNullable(account.getProjectId())
                                : Optional.empty(),
                ends);
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(GoogleCredentials credentials) throws IOException;
    }

    private <T> T ask(Question<T> question, long ends) throws ApiFailure, InterruptedException {
        try {
            return ScopedValue.where(OkHttpTransport.ENDS, ends)
                    .call(() -> question.of(credentials()));
        } catch (IOException e) {
            throw failure(e);
        } catch (IllegalArgumentException _) {
            throw unusable();
        }
    }

    private GoogleCredentials credentials() throws IOException {
        GoogleCredentials known = loaded;
        if (known != null) {
            return known;
        }
        GoogleCredentials read = read().createScoped(scope);
        loaded = read;
        return read;
    }

    private GoogleCredentials read() throws IOException {
        if (file.isEmpty()) {
            return GoogleCredentials.getApplicationDefault(() -> transport);
        }
        // Its retries begin with a second's pause; ours are those of the translation.
        try (InputStream in = Files.newInputStream(file.get())) {
            return ServiceAccountCredentials.fromStream(in, () -> transport)
                    .createWithCustomRetryStrategy(false);
        }
    }

    private ApiFailure failure(IOException e) throws InterruptedException {
        IOException root = e;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException refused) {
                return refused(refused.getStatusCode());
            }
            if (cause instanceof IOException deeper) {
                root = deeper;
            }
        }
        if (loaded == null) {
            return unusable();
        }
        ApiFailure failure = GoogleHttp.failure(root);
        return ApiFailure.unsent(failure.kind(), failure.getMessage() + " for a token");
    }

    private static ApiFailure refused(int status) {
        Kind kind = Refusal.of(status, "").kind();
        return ApiFailure.unsent(
                kind == Kind.REQUEST ? Kind.CREDENTIALS : kind,
                "Google gives no token for the credentials: HTTP " + status);
    }

    private static ApiFailure unusable() {
        return ApiFailure.unsent(Kind.CREDENTIALS, "the credentials of Google cannot be read");
    }
}
