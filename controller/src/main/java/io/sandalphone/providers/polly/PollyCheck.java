package io.sandalphone.providers.polly;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;

import software.amazon.awssdk.services.polly.PollyAsyncClient;
import software.amazon.awssdk.services.polly.model.DescribeVoicesRequest;
import software.amazon.awssdk.services.polly.model.DescribeVoicesResponse;
import software.amazon.awssdk.services.polly.model.Voice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks Polly which voices it has, which answers at once whether it can be reached, whether the keys
/// are good, and whether the voices are there. Costs nothing.
final class PollyCheck {
    private static final String SECTION = "engines.polly.";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Polly has about a hundred voices and tells them all at once.
    private static final int MOST_PAGES = 20;

    private final PollySettings settings;
    private final PollyAsyncClient client;
    private final Voices voices;

    PollyCheck(PollySettings settings, PollyAsyncClient client, Voices voices) {
        this.settings = settings;
        this.client = client;
        this.voices = voices;
    }

    List<Finding> findings() throws InterruptedException {
        try {
            return judge(all());
        } catch (ExecutionException failure) {
            return List.of(explain(PollyFailure.of(failure)));
        } catch (TimeoutException failure) {
            return List.of(
                    fault(
                            whereabouts(),
                            "Polly did not tell its voices in " + PATIENCE.toSeconds() + " s"));
        }
    }

    /// Asks once, so that there is a connection. Whether Polly answers, the next request shows.
    void reach() throws InterruptedException {
        try {
            answer(client.describeVoices(DescribeVoicesRequest.builder().build()));
        } catch (ExecutionException | TimeoutException _) {
            // The next request meets the same, and says so.
        }
    }

    private List<Voice> all() throws InterruptedException, ExecutionException, TimeoutException {
        List<Voice> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            var request =
                    DescribeVoicesRequest.builder()
                            .includeAdditionalLanguageCodes(true)
                            .nextToken(token.orElse(null))
                            .build();
            DescribeVoicesResponse response = answer(client.describeVoices(request));
            all.addAll(response.voices());
            token = Optional.ofNullable(response.nextToken());
            if (token.isEmpty()) {
                break;
            }
        }
        return all;
    }

    private static <T> T answer(CompletableFuture<T> coming)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return coming.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            coming.cancel(true);
        }
    }

    private List<Finding> judge(List<Voice> there) {
        List<Finding> findings = new ArrayList<>();
        String engine = settings.engine().id();
        if (there.stream().noneMatch(voice -> voice.supportedEnginesAsStrings().contains(engine))) {
            findings.add(
                    fault(
                            SECTION + "engine",
                            "%s has no voice of the %s engine"
                                    .formatted(settings.region(), engine)));
        } else {
            voices.all().forEach((language, name) -> findings.addAll(judge(language, name, there)));
        }
        if (findings.isEmpty()) {
            findings.add(
                    new Finding(
                            Finding.Kind.OK,
                            "",
                            "Polly answers in %s and has every voice"
                                    .formatted(settings.region())));
        }
        return findings;
    }

    private List<Finding> judge(Language language, String name, List<Voice> there) {
        String setting = SECTION + "voices." + language;
        Optional<Voice> found =
                there.stream().filter(voice -> name.equals(voice.idAsString())).findFirst();
        if (found.isEmpty()) {
            return List.of(fault(setting, "%s has no voice %s".formatted(settings.region(), name)));
        }
        Voice voice = found.get();
        List<Finding> findings = new ArrayList<>();
        if (!new Language(voice.languageCodeAsString()).sameAs(language)) {
            findings.add(
                    fault(setting, "%s speaks %s".formatted(name, voice.languageCodeAsString())));
        }
        for (PollyEngine engine : settings.engines()) {
            if (!voice.supportedEnginesAsStrings().contains(engine.id())) {
                findings.add(
                        fault(
                                setting,
                                "%s does not speak with the %s engine in %s"
                                        .formatted(name, engine.id(), settings.region())));
            }
        }
        return findings;
    }

    private Finding explain(PollyFailure failure) {
        return switch (failure.code()) {
            case "AccessDeniedException", "AccessDenied" ->
                    new Finding(
                            Finding.Kind.WARNING,
                            SECTION + "access-key-id",
                            "these keys may not ask for polly:DescribeVoices, so whether they may"
                                    + " speak is not known");
            case "InvalidSignatureException", "SignatureDoesNotMatch" ->
                    fault(
                            SECTION + "secret-access-key",
                            failure.sentence() + ": the secret, or this machine's clock, is wrong");
            case "ExpiredTokenException", "ExpiredToken" ->
                    fault(SECTION + "session-token", failure.sentence());
            case PollyFailure.WRONG_REGION -> fault(SECTION + "region", failure.sentence());
            default ->
                    switch (failure.kind()) {
                        case CREDENTIALS -> fault(SECTION + "access-key-id", failure.sentence());
                        case UNREACHABLE, TIMEOUT -> fault(whereabouts(), failure.sentence());
                        case OVERLOADED, PROVIDER_FAULT, QUOTA, REQUEST ->
                                new Finding(Finding.Kind.WARNING, "", failure.sentence());
                    };
        };
    }

    /// The setting that says where Polly is.
    private String whereabouts() {
        return SECTION + (settings.endpoint().isPresent() ? "endpoint" : "region");
    }

    private static Finding fault(String setting, String message) {
        return new Finding(Finding.Kind.FAULT, setting, message);
    }
}
