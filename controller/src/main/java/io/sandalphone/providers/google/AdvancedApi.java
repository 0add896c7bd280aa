package io.sandalphone.providers.google;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.translate.v3.GetGlossaryRequest;
import com.google.cloud.translate.v3.GetSupportedLanguagesRequest;
import com.google.cloud.translate.v3.TranslateTextGlossaryConfig;
import com.google.cloud.translate.v3.TranslateTextRequest;
import com.google.cloud.translate.v3.TranslateTextResponse;
import com.google.cloud.translate.v3.Translation;
import com.google.cloud.translate.v3.TranslationServiceClient;
import com.google.cloud.translate.v3.TranslationServiceSettings;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sandalphone.config.Finding;
import io.sandalphone.providers.google.ApiFailure.Remedy;
import io.sandalphone.speech.SpeechException.Kind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// Edition v3 of the service, through Google's client over HTTP and JSON: glossaries, other models,
/// and the tokens of a service account.
///
/// Requests run on the thread that asks: the client is given no threads for them, so that an
/// interrupt reaches the socket.
final class AdvancedApi implements TranslationApi {
    private static final Logger LOG = LoggerFactory.getLogger(AdvancedApi.class);

    /// How long after its end the client's timer still holds a request, text and all. By itself the
    /// client would hold each for ten minutes. The transport's limit always comes first.
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(1);

    private final GoogleSettings.Advanced settings;
    private final Duration timeout;
    private final GoogleMeters meters;
    private final GoogleHttp http = new GoogleHttp();
    private final ScheduledExecutorService timers =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("google-timers").factory());
    private final TranslationServiceClient client;
    private final GoogleTokens tokens;
    private final Set<String> missingGlossaries = ConcurrentHashMap.newKeySet();

    /// @param timeout how long each answer to a check may take
    AdvancedApi(
            GoogleSettings.Advanced settings, URI endpoint, Duration timeout, GoogleMeters meters) {
        this.settings = settings;
        this.timeout = timeout;
        this.meters = meters;
        var transport = new OkHttpTransport(http, meters);
        this.tokens = new GoogleTokens(settings.credentials(), GoogleTokens.TRANSLATION, transport);
        try {
            var builder =
                    TranslationServiceSettings.newHttpJsonBuilder()
                            .setEndpoint(endpoint.toString())
                            .setCredentialsProvider(NoCredentialsProvider.create())
                            .setBackgroundExecutorProvider(FixedExecutorProvider.create(timers))
                            .setTransportChannelProvider(
                                    TranslationServiceSettings
                                            .defaultHttpJsonTransportProviderBuilder()
                                            .setExecutor(Runnable::run)
                                            .setHttpTransport(transport)
                                            .build());
            // What is repeated, and when, is decided above, for both editions alike.
            builder.translateTextSettings().setRetryableCodes(Set.of());
            builder.getSupportedLanguagesSettings().setRetryableCodes(Set.of());
            builder.getGlossarySettings().setRetryableCodes(Set.of());
            this.client = TranslationServiceClient.create(builder.build());
        } catch (IOException e) {
            throw new IllegalStateException("Google's client cannot be made", e);
        }
    }

    @Override
    public String translate(Phrase phrase, long ends) throws ApiFailure, InterruptedException {
        Names names = names(ends);
        var request =
                TranslateTextRequest.newBuilder()
                        .setParent(names.location())
                        .addContents(phrase.text())
                        .setMimeType("text/plain")
                        .setSourceLanguageCode(phrase.from())
                        .setTargetLanguageCode(phrase.to());
        if (!settings.model().equals(GoogleSettings.Model.NMT)) {
            request.setModel(names.model());
        }
        Optional<String> glossary = glossary(phrase);
        glossary.ifPresent(
                pair ->
                        request.setGlossaryConfig(
                                TranslateTextGlossaryConfig.newBuilder()
                                        .setGlossary(names.glossary(pair))
                                        .setIgnoreCase(true)));
        TranslateTextResponse answer;
        try {
            answer = ask(client.translateTextCallable(), request.build(), ends);
        } catch (Refused refused) {
            throw remedied(refused, glossary, ends);
        }
        List<Translation> translations =
                answer.getGlossaryTranslationsCount() > 0
                        ? answer.getGlossaryTranslationsList()
                        : answer.getTranslationsList();
        if (translations.isEmpty()) {
            throw ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer holds no translation");
        }
        return translations.getFirst().getTranslatedText();
    }

    /// The pair of languages under which a glossary for the phrase is configured, unless Google said
    /// that it does not exist.
    private Optional<String> glossary(Phrase phrase) {
        String pair = base(phrase.from()) + '-' + base(phrase.to());
        if (!settings.glossaries().containsKey(pair)) {
            return Optional.empty();
        }
        if (missingGlossaries.contains(pair)) {
            meters.glossaryMissing().increment();
            return Optional.empty();
        }
        return Optional.of(pair);
    }

    private static String base(String code) {
        return code.split("-", 2)[0];
    }

    /// The failure, after what can be done about it was done.
    private ApiFailure remedied(Refused refused, Optional<String> glossary, long ends)
            throws ApiFailure, InterruptedException {
        ApiFailure failure = refused.refusal.failure();
        if (refused.refusal.status() == 401) {
            tokens.renew(ends);
            return failure.remedied(Remedy.TOKEN_RENEWED);
        }
        if (refused.refusal.status() == 404 && glossary.isPresent()) {
            if (missingGlossaries.add(glossary.get())) {
                LOG.atWarn()
                        .addKeyValue("setting", key(glossary.get()))
                        .log("google knows no such glossary, translating without it");
            }
            return failure.remedied(Remedy.GLOSSARY_LEFT_OUT);
        }
        return failure;
    }

    private static String key(String pair) {
        return GoogleSettings.SECTION + "glossaries." + pair;
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Names names;
        try {
            names = names(ends());
        } catch (ApiFailure failure) {
            boolean read = failure.kind() != Kind.CREDENTIALS;
            return List.of(
                    ApiFindings.of(failure, "credentials", read ? "project" : "credentials"));
        }
        try {
            tokens.headers(ends());
        } catch (ApiFailure failure) {
            return List.of(ApiFindings.of(failure, "credentials", "credentials"));
        }
        var languages = GetSupportedLanguagesRequest.newBuilder().setParent(names.location());
        Optional<Finding> wrong = check(languages, "project", "location");
        if (wrong.isPresent()) {
            return List.of(wrong.get());
        }
        findings.add(Finding.ok("Google Cloud Translation v3 answers for " + names.location()));
        check(languages.setModel(names.model()), "model", "model").ifPresent(findings::add);
        for (String pair : new TreeSet<>(settings.glossaries().keySet())) {
            findings.add(checkGlossary(names, pair));
        }
        return List.copyOf(findings);
    }

    private Optional<Finding> check(
            GetSupportedLanguagesRequest.Builder request, String refused, String rejected)
            throws InterruptedException {
        try {
            ask(client.getSupportedLanguagesCallable(), request.build(), ends());
            return Optional.empty();
        } catch (ApiFailure failure) {
            return Optional.of(ApiFindings.of(failure, refused, rejected));
        } catch (Refused refusal) {
            return Optional.of(ApiFindings.of(refusal.refusal.failure(), refused, rejected));
        }
    }

    private Finding checkGlossary(Names names, String pair) throws InterruptedException {
        try {
            var request = GetGlossaryRequest.newBuilder().setName(names.glossary(pair)).build();
            ask(client.getGlossaryCallable(), request, ends());
            missingGlossaries.remove(pair);
            return Finding.ok("glossary " + settings.glossaries().get(pair) + " is there");
        } catch (ApiFailure failure) {
            return ApiFindings.of(failure, "glossaries." + pair, "glossaries." + pair);
        } catch (Refused refused) {
            return ApiFindings.of(
                    refused.refusal.failure(), "glossaries." + pair, "glossaries." + pair);
        }
    }

    private long ends() {
        return System.nanoTime() + timeout.toNanos();
    }

    /// Google's names of what the settings name.
    private record Names(String location, GoogleSettings.Advanced settings) {
        String model() {
            return location + '/' + settings.model().path();
        }

        String glossary(String pair) {
            return location + "/glossaries/" + settings.glossaries().get(pair);
        }
    }

    private Names names(long ends) throws ApiFailure, InterruptedException {
        Optional<String> project = settings.project();
        if (project.isEmpty()) {
            project = tokens.project(ends);
        }
        if (project.isEmpty()) {
            throw ApiFailure.unsent(Kind.REQUEST, "the credentials of Google name no project");
        }
        return new Names(
                "projects/" + project.get() + "/locations/" + settings.location(), settings);
    }

    /// An answer that is no success, before it is known what it means to who asked.
    private static final class Refused extends Exception {
        @Serial private static final long serialVersionUID = 1;

        final transient Refusal refusal;

        Refused(Refusal refusal) {
            this.refusal = refusal;
        }
    }

    private <Q, A> A ask(UnaryCallable<Q, A> callable, Q request, long ends)
            throws ApiFailure, Refused, InterruptedException {
        var context =
                HttpJsonCallContext.createDefault()
                        .withExtraHeaders(tokens.headers(ends))
                        .withTimeoutDuration(
                                Duration.ofNanos(ends - System.nanoTime()).plus(FORGOTTEN_AFTER));
        try {
            return ScopedValue.where(OkHttpTransport.ENDS, ends)
                    .call(() -> callable.call(request, context));
        } catch (ApiException e) {
            throw failure(e);
        }
    }

    /// What the exception stands for; itself it repeats what was sent.
    private static ApiFailure failure(ApiException e) throws Refused, InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case InterruptedException _ -> throw new InterruptedException();
                case HttpResponseException refused ->
                        throw new Refused(Refusal.of(refused.getStatusCode(), body(refused)));
                case InvalidProtocolBufferException _ -> {
                    return ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer is not JSON");
                }
                case IOException io -> {
                    return GoogleHttp.failure(io);
                }
                default -> {}
            }
        }
        return ApiFailure.of(Kind.PROVIDER_FAULT, "Google's answer cannot be read");
    }

    private static String body(HttpResponseException refused) {
        String content = refused.getContent();
        return content == null ? "" : content;
    }

    @Override
    public void close() {
        client.close();
        timers.shutdownNow();
        http.close();
    }
}
