package io.sandalphone.harness.fakes.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneTranslator;
import io.sandalphone.providers.google.GoogleProvider;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.Usage;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The real client against the fake, by both editions.
class GoogleClientTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// Each with the settings that choose it.
    enum Edition {
        V2,
        V3
    }

    private final GoogleFake fake =
            GoogleFake.start(
                    VERTX.get(),
                    FakeOptions.PLAIN,
                    GoogleTimetable.INSTANT,
                    GoogleAccount.USUAL,
                    FakeDictionary.of(new ToneTranslator()));
    private final List<Translator> open = new ArrayList<>();
    @TempDir private Path folder;

    @AfterEach
    void close() {
        open.forEach(Translator::close);
        fake.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_said_arrives_translated(Edition edition) throws Exception {
        var translator = translator(edition, Map.of());
        assertEquals("vcc vee", translator.translate(request("wcc wee")));
        assertEquals("it's <b> &#39;", translator.translate(request("it's <b> &#39;")));
        assertTrue(translator.check().stream().allMatch(each -> each.kind() == Finding.Kind.OK));
    }

    @ParameterizedTest
    @EnumSource
    void one_after_the_other_goes_over_one_connection(Edition edition) throws Exception {
        var translator = translator(edition, Map.of());
        for (int i = 0; i < 20; i++) {
            translator.translate(request("waa"));
        }
        assertEquals(20, fake.journal().translations());
        // A token is got over one that serves its requests afterwards.
        assertEquals(1, fake.journal().connections());
        assertEquals(edition == Edition.V3 ? 1 : 0, fake.journal().tokens());
    }

    @ParameterizedTest
    @EnumSource
    void whoever_is_about_to_ask_finds_a_connection_and_a_token(Edition edition) throws Exception {
        var translator = translator(edition, Map.of());
        translator.prepare();
        Poll.until(PATIENCE, () -> fake.journal().requests() > 0, "somebody connects");
        Poll.until(
                PATIENCE,
                () -> {
                    // What is ready asks no more.
                    int before = fake.journal().requests();
                    translator.prepare();
                    return fake.journal().requests() == before;
                },
                "it is ready");

        assertEquals("vaa", translator.translate(request("waa")));
        assertEquals(1, fake.journal().translations());
        assertEquals(edition == Edition.V3 ? 1 : 0, fake.journal().tokens());
    }

    @ParameterizedTest
    @EnumSource
    void one_that_cannot_be_prepared_tells_with_the_first_request(Edition edition)
            throws Exception {
        fake.inject(Fault.FORBIDDEN);
        var translator = translator(edition, Map.of());
        translator.prepare();
        Poll.until(PATIENCE, () -> !fake.journal().refused().isEmpty(), "somebody is refused");
        assertTrue(translator.unavailableReason().isEmpty());

        assertThrows(SpeechException.class, () -> translator.translate(request("waa")));
        fake.recover();
        assertEquals("vaa", translator.translate(request("waa")));
    }

    @ParameterizedTest
    @EnumSource
    void many_at_once_do_not_wait_for_each_other(Edition edition) throws Exception {
        var translator = translator(edition, Map.of());
        translator.translate(request("waa"));
        fake.inject(Fault.STALL);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked =
                    IntStream.range(0, 50)
                            .mapToObj(
                                    _ -> threads.submit(() -> translator.translate(request("wbb"))))
                            .toList();
            Poll.until(PATIENCE, () -> fake.journal().spoilt() == 50, "fifty at once");
            assertEquals(50, fake.journal().maxConcurrent());
            threads.shutdownNow();
            for (Future<String> each : asked) {
                var ended =
                        assertThrows(
                                ExecutionException.class, () -> each.get(20, TimeUnit.SECONDS));
                assertEquals(InterruptedException.class, cause(ended).getClass());
            }
        }
        fake.recover();
        assertEquals("vbb", translator.translate(request("wbb")));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "UNAUTHORIZED",
                "FORBIDDEN",
                "RATE_LIMITED",
                "SERVER_ERROR",
                "SLOW",
                "STALL",
                "HALF_CLOSE",
                "CUT",
                "GARBAGE"
            })
    void each_fault_has_its_kind_and_passes(Fault fault) throws Exception {
        for (Edition edition : Edition.values()) {
            var translator =
                    translator(edition, Map.of("attempt-timeout", "600ms", "timeout", "2500ms"));
            warmed(translator);
            fake.inject(fault);
            assertEquals(kind(fault), failure(translator).kind(), edition::name);
            fake.recover();
            assertEquals("vaa", warmed(translator), edition::name);
        }
    }

    private static Kind kind(Fault fault) {
        return switch (fault) {
            case UNAUTHORIZED, FORBIDDEN -> Kind.CREDENTIALS;
            case RATE_LIMITED -> Kind.OVERLOADED;
            case SERVER_ERROR, GARBAGE -> Kind.PROVIDER_FAULT;
            case SLOW, STALL -> Kind.TIMEOUT;
            case HALF_CLOSE, CUT -> Kind.UNREACHABLE;
            default -> throw new IllegalArgumentException(fault.name());
        };
    }

    @Test
    void every_fault_of_the_fake_is_tried_here() {
        assertEquals(11, fake.faults().size());
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_language_is_not_the_clients_to_see(Edition edition) throws Exception {
        var translator = translator(edition, Map.of());
        fake.inject(Fault.WRONG_LANGUAGE);
        assertEquals("waa", translator.translate(request("waa")));
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_holds_a_translation_and_little_else_will_do(Edition edition)
            throws Exception {
        var translator = translator(edition, Map.of());
        fake.inject(Fault.INCOMPLETE);
        assertEquals("vaa", translator.translate(request("waa")));
        assertTrue(translator.check().stream().allMatch(each -> each.kind() == Finding.Kind.OK));
    }

    @ParameterizedTest
    @EnumSource
    void a_stall_that_ends_between_two_tries_costs_one_of_them(Edition edition) throws Exception {
        var translator = translator(edition, Map.of("attempt-timeout", "2s", "timeout", "20s"));
        warmed(translator);
        fake.inject(Fault.STALL);
        var answer = new CompletableFuture<String>();
        Thread.startVirtualThread(
                () -> {
                    try {
                        answer.complete(translator.translate(request("wdd")));
                    } catch (SpeechException | InterruptedException e) {
                        answer.completeExceptionally(e);
                    }
                });
        Poll.until(PATIENCE, () -> fake.journal().spoilt() == 1, "the first try");
        fake.recover();
        assertEquals("vdd", answer.get(20, TimeUnit.SECONDS));
        assertEquals(1, fake.journal().spoilt());
    }

    @Test
    void a_revoked_token_is_renewed_without_a_word() throws Exception {
        var translator = translator(Edition.V3, Map.of());
        translator.translate(request("waa"));
        fake.revokeTokens();
        assertEquals("vaa", translator.translate(request("waa")));
        assertEquals(2, fake.journal().tokens());
    }

    @Test
    void context_chooses_no_other_words_in_the_end() throws Exception {
        var translator = translator(Edition.V3, Map.of("context-clauses", "2"));
        assertEquals("vee", translator.translate(request("wee", "waa", "wbb wcc", "wdd")));
        assertEquals("wbb wcc wdd wee".length(), fake.journal().characters());
    }

    @Test
    void a_glossary_is_looked_up_used_and_done_without() throws Exception {
        var there = translator(Edition.V3, Map.of("location", "us-central1", "glossary", "terms"));
        assertEquals("cuenta", there.translate(request("bill")));
        assertEquals(2, there.check().size());
        var gone = translator(Edition.V3, Map.of("location", "us-central1", "glossary", "gone"));
        assertEquals("bill", gone.translate(request("bill")));
        assertEquals("engines.google.glossaries.en-es", fault(gone));
    }

    @Test
    void a_wrong_setting_is_named_in_an_examination() throws Exception {
        assertEquals("engines.google.api-key", fault(Edition.V2, "api-key", "wrong"));
        assertEquals("engines.google.project", fault(Edition.V3, "project", "wrong"));
        assertEquals("engines.google.location", fault(Edition.V3, "location", "mars"));
        assertEquals("engines.google.model", fault(Edition.V3, "model", "none"));
        assertEquals(
                "engines.google.endpoint", fault(Edition.V2, "endpoint", "http://localhost:1"));
    }

    private String fault(Edition edition, String key, String value) throws Exception {
        return fault(translator(edition, Map.of(key, value)));
    }

    private static String fault(Translator translator) throws InterruptedException {
        List<Finding> faults =
                translator.check().stream()
                        .filter(each -> each.kind() == Finding.Kind.FAULT)
                        .toList();
        assertEquals(1, faults.size(), faults::toString);
        return faults.getFirst().setting();
    }

    /// The first request of a process loads much; a short limit is not for that one.
    private static String warmed(Translator translator) throws InterruptedException {
        for (int tries = 0; tries < 5; tries++) {
            try {
                return translator.translate(request("waa"));
            } catch (SpeechException notYet) {
                assertTrue(notYet.kind().worthRetrying(), notYet::getMessage);
            }
        }
        throw new AssertionError("not once in five times");
    }

    private static SpeechException failure(Translator translator) {
        var failure =
                assertThrows(SpeechException.class, () -> translator.translate(request("wgg whh")));
        assertFalse(String.valueOf(failure.getMessage()).contains("wgg"), failure::getMessage);
        return failure;
    }

    private static Throwable cause(Throwable wrapped) {
        Throwable cause = wrapped.getCause();
        return cause == null ? wrapped : cause;
    }

    private static TranslationRequest request(String text, String... context) {
        return new TranslationRequest(
                text,
                new Language("en-US"),
                new Language("es-MX"),
                List.of(context),
                Usage.UNMETERED);
    }

    /// @param more settings by key; `glossary` is that from English to Spanish
    private Translator translator(Edition edition, Map<String, String> more) throws IOException {
        ObjectNode google = (ObjectNode) ConfigTree.defaults().path("engines").path("google");
        google.put("endpoint", fake.address().toString());
        google.put("timeout", "30s").put("attempt-timeout", "20s");
        google.put("api", edition == Edition.V2 ? "v2" : "v3");
        google.put("api-key", GoogleAccount.USUAL.apiKey());
        Path account = fake.writeServiceAccount(folder.resolve("account.json"));
        google.put("credentials", account.toString());
        more.forEach(
                (key, value) -> {
                    if (key.equals("glossary")) {
                        google.withObject("/glossaries").put("en-es", value);
                    } else {
                        google.put(key, value);
                    }
                });
        var engines =
                new GoogleProvider()
                        .read(Section.root(google))
                        .get()
                        .make(new SimpleMeterRegistry());
        Translator translator = engines.translator().orElseThrow();
        open.add(translator);
        return translator;
    }
}
