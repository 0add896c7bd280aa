package io.sandalphone.providers.google;

import io.sandalphone.config.Finding;
import io.sandalphone.providers.google.ApiFailure.Remedy;
import io.sandalphone.providers.google.TranslationApi.Phrase;
import io.sandalphone.speech.AheadConnection;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.http.VendorClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Translates with Google Cloud Translation, by either edition of it.
final class GoogleTranslator implements Translator {
    private static final RetryPolicy RETRY =
            new RetryPolicy(2, Duration.ofMillis(100), Duration.ofMillis(400));

    private final GoogleSettings settings;
    private final TranslationApi api;
    private final AheadConnection connection;
    private final GoogleMeters meters;
    private volatile @Nullable String unavailableReason;

    GoogleTranslator(GoogleSettings settings, GoogleMeters meters) {
        this.settings = settings;
        this.meters = meters;
        this.api =
                switch (settings.edition()) {
                    case GoogleSettings.Basic basic ->
                            new BasicApi(basic, settings.endpoint(), settings.total(), meters);
                    case GoogleSettings.Advanced advanced ->
                            new AdvancedApi(
                                    advanced, settings.endpoint(), settings.total(), meters);
                };
        connection = new AheadConnection(VendorClient.KEPT, api::check);
    }

    @Override
    public String name() {
        return GoogleProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public void prepare() {
        connection.prepare();
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return api.check();
    }

    /// Google knows some two hundred languages, and ever more: any two that differ are taken for
    /// known, and a request in one that is not is refused.
    @Override
    public boolean translates(Language from, Language to) {
        return !from.sameAs(to);
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        if (request.text().isBlank()) {
            return "";
        }
        long ends = System.nanoTime() + settings.total().toNanos();
        if (settings.contextClauses() > 0 && !request.context().isEmpty()) {
            var lines = ContextLines.of(request, settings.contextClauses());
            Optional<String> last = lines.last(ask(lines.text(), request, ends));
            if (last.isPresent()) {
                return last.get();
            }
            meters.contextLost().increment();
        }
        return ask(request.text(), request, ends);
    }

    private String ask(String text, TranslationRequest request, long ends)
            throws SpeechException, InterruptedException {
        var phrase =
                new Phrase(text, LanguageCodes.of(request.from()), LanguageCodes.of(request.to()));
        Set<Remedy> remedies = EnumSet.noneOf(Remedy.class);
        for (int repeats = 0; ; ) {
            try {
                String translated = attempt(phrase, request.usage(), ends);
                unavailableReason = null;
                return translated;
            } catch (ApiFailure failure) {
                if (failure.remedy().filter(remedies::add).isEmpty()) {
                    Thread.sleep(pause(failure, repeats, ends));
                    repeats++;
                }
                meters.retries().increment();
            }
        }
    }

    /// The pause before the next try; throws when there is none.
    private Duration pause(ApiFailure failure, int repeats, long ends) throws ApiFailure {
        Optional<Duration> pause =
                RETRY.pause(
                        failure.kind(),
                        repeats,
                        Duration.ofNanos(ends - System.nanoTime()),
                        ThreadLocalRandom.current().nextDouble());
        if (pause.isEmpty()) {
            // What is wrong with one request alone says nothing about the next.
            if (failure.kind() != SpeechException.Kind.REQUEST) {
                unavailableReason = failure.getMessage();
            }
            throw failure;
        }
        return pause.get();
    }

    private String attempt(Phrase phrase, Usage usage, long ends)
            throws ApiFailure, InterruptedException {
        long start = System.nanoTime();
        boolean sent = true;
        try {
            String translated =
                    api.translate(phrase, Math.min(ends, start + settings.attempt().toNanos()));
            connection.used();
            meters.responses().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return translated;
        } catch (ApiFailure failure) {
            sent = failure.sent();
            count(failure);
            throw failure;
        } finally {
            if (sent) {
                usage.translated(
                        settings.edition().tariff(),
                        phrase.text().codePointCount(0, phrase.text().length()));
            }
        }
    }

    private void count(ApiFailure failure) {
        (switch (failure.kind()) {
                    case UNREACHABLE -> meters.unreachable();
                    case TIMEOUT -> meters.late();
                    case OVERLOADED -> meters.overloaded();
                    case PROVIDER_FAULT -> meters.faulty();
                    case QUOTA -> meters.quotaUsedUp();
                    case CREDENTIALS -> meters.notAllowed();
                    case REQUEST -> meters.rejected();
                })
                .increment();
    }

    @Override
    public void close() {
        api.close();
    }
}
