package io.sandalphone.providers.google;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranslationRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class GoogleTranslatorTest {
    private static final String TEXT = "where's the nearest hospital";
    private static final String KEY = "AIza-not-to-be-seen";
    private static final String TOKEN = "token-not-to-be-seen";
    private static final String PATIENT = ", attempt-timeout: 20s, timeout: 30s";
    private static final String LOCATION = "/v3/projects/hotline/locations/us-central1";

    /// The two editions of the service, as far as they differ on the wire.
    enum Edition {
        V2(
                "/language/translate/v2",
                """
                {"data": {"translations": [{"translatedText": "%s"}]}}\
                """),
        V3(
                LOCATION + ":translateText",
                """
                {"translations": [{"translatedText": "%s"}]}\
                """);

        private final String path;
        private final String answer;

        Edition(String path, String answer) {
            this.path = path;
            this.answer = answer;
        }

        ResponseDefinitionBuilder answer(String translated) {
            return json(200, answer.formatted(translated));
        }
    }

    private final WireMockServer google =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());
    private final GoogleMeters meters = GoogleMeters.register(new SimpleMeterRegistry());
    private final MeteredUsage usage = new MeteredUsage();
    private final List<GoogleTranslator> open = new ArrayList<>();
    @TempDir private Path folder;

    @BeforeEach
    void start() {
        google.start();
        google.stubFor(
                post("/token")
                        .willReturn(
                                json(
                                        200,
                                        """
                                        {"access_token": "%s", "expires_in": 3599}\
                                        """
                                                .formatted(TOKEN))));
    }

    @AfterEach
    void stop() {
        open.forEach(GoogleTranslator::close);
        google.stop();
    }

    @ParameterizedTest
    @EnumSource
    void what_looks_like_markup_goes_and_comes_as_it_is(Edition edition) throws Exception {
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .willReturn(edition.answer("it's 5 > 4 &amp; &#39;so")));
        assertEquals(
                "it's 5 > 4 &amp; &#39;so",
                translator(edition, "").translate(request("<b>&quot;'hi'\" & ñandú 😀</b>")));
    }

    @Test
    void the_second_edition_gets_text_in_the_body_and_the_key_in_a_header() throws Exception {
        google.stubFor(post(urlPathEqualTo(Edition.V2.path)).willReturn(Edition.V2.answer("si")));
        translator(Edition.V2, "").translate(request("it's & <5>"));
        google.verify(
                postRequestedFor(urlEqualTo(Edition.V2.path))
                        .withHeader("X-goog-api-key", equalTo(KEY))
                        .withRequestBody(
                                equalToJson(
                                        """
                                        {"q": "it's & <5>", "source": "en", "target": "es",
                                         "format": "text"}\
                                        """)));
    }

    @Test
    void the_third_edition_gets_plain_text_and_a_token() throws Exception {
        google.stubFor(post(urlPathEqualTo(Edition.V3.path)).willReturn(Edition.V3.answer("si")));
        translator(Edition.V3, "").translate(request("it's & <5>"));
        google.verify(
                postRequestedFor(urlPathEqualTo(Edition.V3.path))
                        .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                        .withRequestBody(
                                equalToJson(
                                        """
                                        {"contents": ["it's & <5>"], "mimeType": "text/plain",
                                         "sourceLanguageCode": "en", "targetLanguageCode": "es"}\
                                        """,
                                        true,
                                        true)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid, REQUEST, 1",
        "400, API_KEY_INVALID, CREDENTIALS, 1",
        "403, userRateLimitExceeded, OVERLOADED, 3",
        "403, rateLimitExceeded, OVERLOADED, 3",
        "403, dailyLimitExceeded, QUOTA, 1",
        "403, forbidden, CREDENTIALS, 1",
        "404, NOT_FOUND, REQUEST, 1",
        "413, uploadTooLarge, REQUEST, 1",
        "429, RESOURCE_EXHAUSTED, OVERLOADED, 3",
        "500, backendError, PROVIDER_FAULT, 3",
        "503, UNAVAILABLE, PROVIDER_FAULT, 3"
    })
    void what_may_be_retried_is_sent_three_times_and_the_rest_once(
            int status, String reason, Kind kind, int requests) {
        for (Edition edition : Edition.values()) {
            google.resetRequests();
            google.stubFor(post(urlPathEqualTo(edition.path)).willReturn(refusal(status, reason)));
            var failure = failure(translator(edition, ""));
            assertEquals(kind, failure.kind(), edition::name);
            assertEquals(requests, translations(edition), edition::name);
            assertTellsNothing(failure);
        }
        assertEquals(
                Collections.nCopies(2 * requests, "google-nmt " + TEXT.length()), usage.billed());
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_is_tried_again(Edition edition) {
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        var failure = failure(translator(edition, ""));
        assertEquals(Kind.UNREACHABLE, failure.kind());
        assertEquals(3, translations(edition));
        assertEquals(3, usage.billed().size());
        assertTellsNothing(failure);
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_makes_no_sense_is_a_fault_of_google(Edition edition) {
        for (String body : List.of("<html>" + TEXT, "{}", "{\"translations\": 5}", "[", "")) {
            google.stubFor(post(urlPathEqualTo(edition.path)).willReturn(json(200, body)));
            var failure = failure(translator(edition, ""));
            assertEquals(Kind.PROVIDER_FAULT, failure.kind(), body);
            assertTellsNothing(failure);
        }
    }

    /// Answers that hold a translation and, beside it, what nobody could expect.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"translations\": [{\"translatedText\": \"dónde\", \"model\": {\"a\": [1]}}]}",
                "{\"translations\": [{\"translatedText\": \"dónde\", \"model\": null}], \"x\":"
                        + " [{}]}",
                "{\"translations\": [{\"translatedText\": \"dónde\", \"detectedLanguageCode\":"
                        + " 5}]}",
                "{\"translations\": [{\"translatedText\": \"dónde\", \"glossaryConfig\": 5}]}",
                "{\"translations\": {\"translatedText\": \"dónde\"}}",
                "{\"translations\": [\"dónde\"]}",
                "{\"translations\": [{}, {\"translatedText\": \"dónde\"}]}",
                "{\"translations\": \"none\", \"glossaryTranslations\": [{\"translatedText\":"
                        + " \"dónde\"}]}",
                "{\"translations\": [{\"translatedText\": \"dónde\"}], \"glossaryTranslations\":"
                        + " [{}]}",
                "{\"translations\": [{\"translatedText\": \"dónde\"}], \"glossaryTranslations\":"
                        + " 7}",
            })
    void a_translation_that_is_there_is_taken_whatever_else_an_answer_holds(String body)
            throws Exception {
        for (Edition edition : Edition.values()) {
            for (String whole :
                    List.of(body, "{\"data\": " + body + "}", "{\"data\": [" + body + "]}")) {
                google.stubFor(post(urlPathEqualTo(edition.path)).willReturn(json(200, whole)));
                assertEquals("dónde", translator(edition, "").translate(request(TEXT)), whole);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_an_answer_lacks_is_counted(Edition edition) throws Exception {
        google.stubFor(post(urlPathEqualTo(edition.path)).willReturn(edition.answer("dónde")));
        translator(edition, "").translate(request(TEXT));
        assertEquals(0, meters.incomplete().count());
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .willReturn(json(200, "{\"translations\": [\"dónde\"]}")));
        translator(edition, "").translate(request(TEXT));
        assertEquals(1, meters.incomplete().count());
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_takes_too_long_is_not_waited_for(Edition edition) {
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .willReturn(edition.answer("tarde").withFixedDelay(30_000)));
        var failure = failure(translator(edition, ", attempt-timeout: 300ms, timeout: 2s"));
        assertEquals(Kind.TIMEOUT, failure.kind());
        assertTrue(meters.late().count() >= 2, "tried again: " + meters.late().count());
        assertTellsNothing(failure);
    }

    @ParameterizedTest
    @EnumSource
    void where_nobody_listens_nothing_is_billed(Edition edition) throws Exception {
        int nobodys;
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodys = port.getLocalPort();
        }
        var translator = translator(edition, PATIENT, "http://localhost:" + nobodys);
        assertEquals(Kind.UNREACHABLE, failure(translator).kind());
        assertEquals(List.of(), usage.billed());
        assertEquals(Optional.of("Google cannot be reached"), translator.unavailableReason());
        assertEquals(3, meters.unreachable().count());
    }

    @ParameterizedTest
    @EnumSource
    void a_passing_fault_is_forgotten_and_billed(Edition edition) throws Exception {
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .inScenario("passing")
                        .willReturn(refusal(503, "backendError"))
                        .willSetStateTo("well"));
        google.stubFor(
                post(urlPathEqualTo(edition.path))
                        .inScenario("passing")
                        .whenScenarioStateIs("well")
                        .willReturn(edition.answer("dónde")));
        var translator = translator(edition, "");
        assertEquals("dónde", translator.translate(request("a 😀 b")));
        assertEquals(List.of("google-nmt 5", "google-nmt 5"), usage.billed());
        assertEquals(1, meters.retries().count());
        assertEquals(Optional.empty(), translator.unavailableReason());
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupt_ends_a_request_that_waits(Edition edition) throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String endpoint = "http://localhost:" + silent.getLocalPort();
            var translator = translator(edition, PATIENT, endpoint);
            var ended = new CompletableFuture<Throwable>();
            Thread asking =
                    Thread.startVirtualThread(
                            () ->
                                    ended.complete(
                                            assertThrows(
                                                    Throwable.class,
                                                    () -> translator.translate(request(TEXT)))));
            try (Socket connection = silent.accept()) {
                assertEquals('P', connection.getInputStream().read(), "the request arrives");
                asking.interrupt();
                assertEquals(
                        InterruptedException.class, ended.get(15, TimeUnit.SECONDS).getClass());
            }
        }
    }

    @Test
    void a_token_that_ran_out_is_renewed_once_at_once() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path))
                        .inScenario("token")
                        .willReturn(refusal(401, "UNAUTHENTICATED"))
                        .willSetStateTo("renewed"));
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path))
                        .inScenario("token")
                        .whenScenarioStateIs("renewed")
                        .willReturn(Edition.V3.answer("dónde")));
        assertEquals("dónde", translator(Edition.V3, "").translate(request(TEXT)));
        google.verify(2, postRequestedFor(urlEqualTo("/token")));
    }

    @Test
    void a_token_that_google_never_likes_is_a_matter_of_credentials() {
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path)).willReturn(refusal(401, "UNAUTHENTICATED")));
        assertEquals(Kind.CREDENTIALS, failure(translator(Edition.V3, "")).kind());
        assertEquals(2, translations(Edition.V3));
    }

    @ParameterizedTest
    @CsvSource({"400, CREDENTIALS", "401, CREDENTIALS", "503, PROVIDER_FAULT"})
    void a_token_that_is_not_given_is_a_failure_that_bills_nothing(int status, Kind kind) {
        google.stubFor(post("/token").willReturn(json(status, "{\"error\": \"invalid_grant\"}")));
        var failure = failure(translator(Edition.V3, ""));
        assertEquals(kind, failure.kind());
        assertEquals(List.of(), usage.billed());
        assertTellsNothing(failure);
    }

    @Test
    void a_glossary_decides_where_there_is_one() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path))
                        .withRequestBody(
                                matchingJsonPath(
                                        "$.glossaryConfig.glossary",
                                        equalTo(
                                                "projects/hotline/locations/us-central1"
                                                        + "/glossaries/terms")))
                        .willReturn(
                                json(
                                        200,
                                        """
                                        {"translations": [{"translatedText": "la factura"}],
                                         "glossaryTranslations":
                                             [{"translatedText": "la cuenta"}]}\
                                        """)));
        var translator = translator(Edition.V3, ", glossaries: {en-es: terms}");
        assertEquals("la cuenta", translator.translate(request("the bill")));
    }

    @Test
    void a_glossary_that_is_gone_is_done_without() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path)).willReturn(Edition.V3.answer("la factura")));
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path))
                        .withRequestBody(matchingJsonPath("$.glossaryConfig"))
                        .willReturn(refusal(404, "NOT_FOUND")));
        var translator = translator(Edition.V3, ", glossaries: {en-es: terms}");
        assertEquals("la factura", translator.translate(request("the bill")));
        assertEquals("la factura", translator.translate(request("the bill")));
        assertEquals(3, translations(Edition.V3));
        assertEquals(2, meters.glossaryMissing().count());
    }

    @Test
    void another_model_is_named_in_full_and_billed_by_its_name() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V3.path))
                        .withRequestBody(
                                matchingJsonPath(
                                        "$.model",
                                        equalTo(
                                                "projects/hotline/locations/us-central1"
                                                        + "/models/general/translation-llm")))
                        .willReturn(Edition.V3.answer("dónde")));
        translator(Edition.V3, ", model: translation-llm").translate(request("where"));
        assertEquals(List.of("google-translation-llm 5"), usage.billed());
    }

    @Test
    void of_a_clause_with_its_context_only_the_clause_is_spoken() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V2.path))
                        .withRequestBody(matchingJsonPath("$.q", equalTo("we met\nat the bank")))
                        .willReturn(Edition.V2.answer("nos conocimos\\nen la orilla")));
        var translator = translator(Edition.V2, ", context-clauses: 1");
        assertEquals("en la orilla", translator.translate(request("at the bank", "we met")));
        assertEquals(List.of("google-nmt 18"), usage.billed());
    }

    @Test
    void a_clause_that_cannot_be_told_from_its_context_is_asked_for_alone() throws Exception {
        google.stubFor(
                post(urlPathEqualTo(Edition.V2.path)).willReturn(Edition.V2.answer("todo junto")));
        google.stubFor(
                post(urlPathEqualTo(Edition.V2.path))
                        .withRequestBody(matchingJsonPath("$.q", equalTo("at the bank")))
                        .willReturn(Edition.V2.answer("en el banco")));
        var translator = translator(Edition.V2, ", context-clauses: 1");
        assertEquals("en el banco", translator.translate(request("at the bank", "we met")));
        assertEquals(1, meters.contextLost().count());
    }

    @ParameterizedTest
    @CsvSource({
        "200, '', OK, ''",
        "400, API_KEY_INVALID, FAULT, engines.google.api-key",
        "403, accessNotConfigured, FAULT, engines.google.api-key",
        "404, '', FAULT, engines.google.endpoint",
        "429, RESOURCE_EXHAUSTED, WARNING, ''"
    })
    void an_examination_of_the_second_edition_names_the_setting(
            int status, String reason, Finding.Kind kind, String setting) throws Exception {
        google.stubFor(
                get(urlPathEqualTo("/language/translate/v2/languages"))
                        .withHeader("X-goog-api-key", equalTo(KEY))
                        .willReturn(status == 200 ? json(200, "{}") : refusal(status, reason)));
        Finding finding = only(translator(Edition.V2, "").check());
        assertEquals(kind, finding.kind());
        assertEquals(setting, finding.setting());
        assertEquals(List.of(), usage.billed());
    }

    @Test
    void an_examination_of_the_third_edition_looks_at_model_and_glossaries() throws Exception {
        var translator =
                translator(Edition.V3, ", model: NM7, glossaries: {en-es: there, es-en: gone}");
        google.stubFor(
                get(urlPathEqualTo(LOCATION + "/supportedLanguages"))
                        .willReturn(json(200, "{\"languages\": []}")));
        google.stubFor(
                get(urlPathEqualTo(LOCATION + "/supportedLanguages"))
                        .withQueryParam(
                                "model",
                                equalTo("projects/hotline/locations/us-central1/models/NM7"))
                        .willReturn(refusal(404, "NOT_FOUND")));
        google.stubFor(
                get(urlPathEqualTo(LOCATION + "/glossaries/there"))
                        .willReturn(json(200, "{\"name\": \"there\"}")));
        google.stubFor(
                get(urlPathEqualTo(LOCATION + "/glossaries/gone"))
                        .willReturn(refusal(404, "NOT_FOUND")));
        assertEquals(
                List.of(
                        "OK ",
                        "FAULT engines.google.model",
                        "OK ",
                        "FAULT engines.google.glossaries.es-en"),
                settings(translator.check()));
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_ARGUMENT, FAULT engines.google.location",
        "403, PERMISSION_DENIED, FAULT engines.google.project",
        "503, UNAVAILABLE, 'WARNING '"
    })
    void an_examination_of_the_third_edition_names_the_setting(
            int status, String reason, String finding) throws Exception {
        google.stubFor(get(anyUrl()).willReturn(refusal(status, reason)));
        assertEquals(List.of(finding), settings(translator(Edition.V3, "").check()));
    }

    @Test
    void an_examination_says_when_the_credentials_are_at_fault() throws Exception {
        google.stubFor(post("/token").willReturn(json(400, "{\"error\": \"invalid_grant\"}")));
        assertEquals(
                List.of("FAULT engines.google.credentials"),
                settings(translator(Edition.V3, "").check()));
        var nowhere =
                track(
                        Settings.read(
                                "{api: v3, credentials: '%s', endpoint: '%s'}"
                                        .formatted(folder.resolve("none"), google.baseUrl())));
        assertEquals(List.of("FAULT engines.google.credentials"), settings(nowhere.check()));
        assertEquals(Kind.CREDENTIALS, failure(nowhere).kind());
    }

    @Test
    void whoever_understands_the_other_needs_no_google() {
        var translator = translator(Edition.V2, "");
        assertFalse(translator.translates(new Language("es-MX"), new Language("es-ES")));
        assertTrue(translator.translates(new Language("es-MX"), new Language("qu")));
    }

    private static List<String> settings(List<Finding> findings) {
        return findings.stream().map(each -> each.kind() + " " + each.setting()).toList();
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings::toString);
        return findings.getFirst();
    }

    private SpeechException failure(GoogleTranslator translator) {
        return assertThrows(SpeechException.class, () -> translator.translate(request(TEXT)));
    }

    private static void assertTellsNothing(Throwable failure) {
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        for (String secret : List.of(TEXT, "hospital", KEY, TOKEN, "http://", "prose")) {
            assertFalse(trace.toString().contains(secret), trace::toString);
        }
    }

    private int translations(Edition edition) {
        return google.findAll(postRequestedFor(urlPathEqualTo(edition.path))).size();
    }

    private TranslationRequest request(String text, String... context) {
        return new TranslationRequest(
                text, new Language("en-US"), new Language("es-MX"), List.of(context), usage);
    }

    /// @param more further settings, each after a comma
    private GoogleTranslator translator(Edition edition, String more) {
        String times = more.contains("timeout") ? "" : PATIENT;
        return translator(edition, times + more, google.baseUrl());
    }

    private GoogleTranslator translator(Edition edition, String more, String endpoint) {
        try {
            String own =
                    switch (edition) {
                        case V2 -> "api-key: " + KEY;
                        case V3 ->
                                "api: v3, location: us-central1, credentials: "
                                        + ServiceAccount.write(folder, google.url("/token"));
                    };
            return track(Settings.read("{%s, endpoint: '%s'%s}".formatted(own, endpoint, more)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private GoogleTranslator track(GoogleSettings settings) {
        var translator = new GoogleTranslator(settings, meters);
        open.add(translator);
        return translator;
    }

    private static ResponseDefinitionBuilder refusal(int status, String reason) {
        return json(
                status,
                """
                {"error": {"code": %d, "message": "prose of %s", "status": "%s",
                  "errors": [{"message": "prose of %s", "reason": "%s"}]}}\
                """
                        .formatted(status, TEXT, reason, TEXT, reason));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json; charset=UTF-8")
                .withBody(body);
    }
}
