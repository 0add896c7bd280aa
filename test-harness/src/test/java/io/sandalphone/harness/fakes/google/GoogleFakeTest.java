package io.sandalphone.harness.fakes.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneTranslator;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;

/// With a plain client, none of ours.
class GoogleFakeTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String V2 = "/language/translate/v2";
    private static final String PARENT = "projects/sandalphone-lab/locations/us-central1";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GoogleFake fake =
            GoogleFake.start(
                    VERTX.get(),
                    FakeOptions.PLAIN,
                    GoogleTimetable.INSTANT,
                    GoogleAccount.USUAL,
                    FakeDictionary.prefix());
    @TempDir private Path folder;

    @AfterEach
    void close() {
        client.shutdownNow();
        fake.close();
    }

    @Test
    void text_that_was_not_declared_plain_comes_back_as_html() throws Exception {
        var asked = new JsonObject().put("q", "it's \"5\" > 4").put("target", "es");
        assertEquals("[es] it&#39;s &quot;5&quot; &gt; 4", basic(asked));
        assertEquals("[es] it's \"5\" > 4", basic(asked.put("format", "text")));
        var advanced =
                new JsonObject()
                        .put("contents", new JsonArray().add("it's"))
                        .put("sourceLanguageCode", "en")
                        .put("targetLanguageCode", "es");
        String token = token();
        assertEquals("[es] it&#39;s", advanced(token, advanced));
        assertEquals("[es] it's", advanced(token, advanced.put("mimeType", "text/plain")));
    }

    @Test
    void the_older_edition_takes_addresses_and_forms_too() throws Exception {
        String query = "q=a%20b&q=c&target=es&source=en&format=text&key=" + key();
        String expected =
                """
                {"data":{"translations":[{"translatedText":"[es] a b"},{"translatedText":"[es] c"}]}}\
                """;
        assertEquals(expected, client.send(get(V2 + "?" + query), text()).body());
        var form =
                request(V2)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(query))
                        .build();
        assertEquals(expected, client.send(form, text()).body());
        assertEquals(200, client.send(get(V2 + "/languages?key=" + key()), text()).statusCode());
        assertEquals(200, client.send(get(V2 + "/detect?q=a&key=" + key()), text()).statusCode());
    }

    @Test
    void texts_come_back_in_order_and_a_missing_source_is_told() throws Exception {
        var asked =
                new JsonObject().put("q", new JsonArray().add("a").add("b")).put("target", "es");
        var body = new JsonObject(client.send(basicRequest(asked), text()).body());
        assertEquals(
                """
                [{"translatedText":"[es] a","detectedSourceLanguage":"en"},\
                {"translatedText":"[es] b","detectedSourceLanguage":"en"}]\
                """,
                body.getJsonObject("data").getJsonArray("translations").encode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"target\": \"es\"}                                   | 400 | required",
                "{\"q\": \"a\"}                                         | 400 | required",
                "{\"q\": \"a\", \"target\": \"es-MX\"}                  | 400 | invalid",
                "{\"q\": \"a\", \"target\": \"es\", \"source\": \"es\"} | 400 | invalid",
                "{\"q\": \"a\", \"target\": \"es\", \"format\": \"x\"}  | 400 | invalid",
                "{\"q\": \"a\", \"target\": \"es\", \"model\": \"x\"}   | 400 | invalid",
                "{                                                      | 400 | invalid"
            })
    void the_older_edition_refuses_as_google_does(String body, int status, String reason)
            throws Exception {
        assertRefused(status, reason, request(V2).header("X-goog-api-key", key()), body);
    }

    @Test
    void the_older_edition_refuses_what_is_too_much_and_who_has_no_key() throws Exception {
        var many = new JsonArray(Collections.nCopies(129, "a"));
        String plain = new JsonObject().put("q", "a").put("target", "es").encode();
        String tooMany = new JsonObject().put("q", many).put("target", "es").encode();
        String tooLarge = new JsonObject().put("q", "a".repeat(102_400)).encode();
        var known = request(V2).header("X-goog-api-key", key());
        assertRefused(400, "invalid", known, tooMany);
        assertRefused(413, "uploadTooLarge", known, tooLarge);
        assertRefused(403, "forbidden", request(V2), plain);
        assertRefused(400, "API_KEY_INVALID", request(V2).header("X-goog-api-key", "wrong"), plain);
        assertEquals(
                Map.of("invalid", 1, "uploadTooLarge", 1, "forbidden", 1, "API_KEY_INVALID", 1),
                fake.journal().refused());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                         | 400 | invalid",
                "{'contents': ['a']}                                        | 400 | invalid",
                "{'contents': [], 'targetLanguageCode': 'es'}               | 400 | invalid",
                "{'contents': ['a'], 'targetLanguageCode': 'xx'}            | 400 | invalid",
                "{'contents': ['a'], 'targetLanguageCode': 'en'}            | 400 | invalid",
                "{'contents': ['a'], 'targetLanguageCode': 'es', 'mimeType': 'x'} | 400 | invalid",
                "{'contents': ['a'], 'targetLanguageCode': 'es', 'model': 'nmt'}  | 400 | invalid",
                "{'contents': ['a'], 'targetLanguageCode': 'es', 'model': 'P/models/x'}"
                        + " | 404 | notFound",
                "{'contents': ['a'], 'targetLanguageCode': 'es', 'sourceLanguageCode': 'en',"
                        + " 'glossaryConfig': {'glossary': 'P/glossaries/x'}} | 404 | notFound",
                "{'contents': ['a'], 'targetLanguageCode': 'es',"
                        + " 'glossaryConfig': {'glossary': 'P/glossaries/terms'}} | 400 | invalid"
            })
    void the_newer_edition_refuses_as_google_does(String body, int status, String reason)
            throws Exception {
        assertRefused(
                status,
                reason,
                request("/v3/" + PARENT + ":translateText")
                        .header("Authorization", "Bearer " + token()),
                body.replace('\'', '"').replace("P/", PARENT + "/"));
    }

    @Test
    void the_newer_edition_refuses_what_is_too_much_and_strangers() throws Exception {
        String token = "Bearer " + token();
        var many = new JsonArray(Collections.nCopies(1025, "a"));
        var asked = new JsonObject().put("targetLanguageCode", "es").put("contents", many);
        var known = request("/v3/" + PARENT + ":translateText").header("Authorization", token);
        assertRefused(400, "invalid", known, asked.encode());
        asked.put("contents", new JsonArray().add("ñ".repeat(30_001)));
        assertRefused(400, "invalid", known, asked.encode());
        String small = asked.put("contents", new JsonArray().add("a")).encode();
        assertRefused(401, "authError", request("/v3/" + PARENT + ":translateText"), small);
        assertRefused(
                403,
                "forbidden",
                request("/v3/projects/other/locations/global:translateText")
                        .header("Authorization", token),
                small);
        assertRefused(
                400,
                "invalid",
                request("/v3/projects/sandalphone-lab/locations/mars:translateText")
                        .header("Authorization", token),
                small);
        fake.revokeTokens();
        assertRefused(401, "authError", known, small);
    }

    @Test
    void a_glossary_gives_both_translations() throws Exception {
        var asked =
                new JsonObject()
                        .put("contents", new JsonArray().add("the bill"))
                        .put("sourceLanguageCode", "en")
                        .put("targetLanguageCode", "es")
                        .put(
                                "glossaryConfig",
                                new JsonObject().put("glossary", PARENT + "/glossaries/terms"));
        var answer = new JsonObject(client.send(advancedRequest(token(), asked), text()).body());
        assertEquals("[es] the bill", translated(answer.getJsonArray("translations")));
        assertEquals("[es] the cuenta", translated(answer.getJsonArray("glossaryTranslations")));
    }

    @Test
    void free_requests_tell_what_is_there() throws Exception {
        String token = token();
        String location = "/v3/" + PARENT;
        assertEquals(200, look(token, location + "/supportedLanguages"));
        assertEquals(
                404,
                look(token, location + "/supportedLanguages?model=" + PARENT + "/models/none"));
        assertEquals(200, look(token, location + "/glossaries/terms"));
        assertEquals(404, look(token, location + "/glossaries/none"));
    }

    @Test
    void a_token_is_given_only_for_an_assertion_signed_by_the_account() throws Exception {
        var stranger = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        String tokenUri = fake.address() + "/token";
        assertEquals(400, ask(assertion(stranger, tokenUri, 3600)).statusCode());
        assertEquals(400, ask(assertion(account(), "elsewhere", 3600)).statusCode());
        assertEquals(400, ask(assertion(account(), tokenUri, 7200)).statusCode());
        assertEquals(400, ask("a.b.c").statusCode());
        assertEquals(200, ask(assertion(account(), tokenUri, 3600)).statusCode());
        assertEquals(1, fake.journal().tokens());
    }

    @Test
    void another_translator_may_be_the_dictionary() throws Exception {
        var tones = FakeDictionary.of(new ToneTranslator());
        assertEquals("vcc vee", tones.translate("wcc wee", "en", "es"));
        assertEquals("hello", tones.translate("hello", "en", "es"));
        assertEquals("hello", tones.translate("hello", "en", "fr"));
    }

    @Test
    void a_longer_text_takes_longer() {
        var timetable = new GoogleTimetable(Duration.ofMillis(80), Duration.ofMillis(2));
        assertEquals(Duration.ofMillis(100), timetable.latency(10));
    }

    @ParameterizedTest
    @CsvSource({"UNAUTHORIZED, 401", "FORBIDDEN, 403", "SERVER_ERROR, 503", "GARBAGE, 200"})
    void a_fault_told_by_a_status_is_told_by_it(Fault fault, int status) throws Exception {
        fake.inject(fault);
        assertEquals(status, client.send(hello(), text()).statusCode());
        fake.recover();
        assertEquals("[es] hello", basic(new JsonObject().put("q", "hello").put("target", "es")));
    }

    @Test
    void too_much_is_said_in_both_ways() throws Exception {
        fake.inject(Fault.RATE_LIMITED);
        assertEquals(403, client.send(hello(), text()).statusCode());
        assertEquals(429, client.send(hello(), text()).statusCode());
        assertEquals(
                Map.of("userRateLimitExceeded", 1, "rateLimitExceeded", 1),
                fake.journal().refused());
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE"})
    void a_broken_answer_ends_in_the_middle(Fault fault) {
        fake.inject(fault);
        assertThrows(IOException.class, () -> client.send(hello(), text()));
        assertEquals(1, fake.journal().spoilt());
    }

    @Test
    void a_stalled_answer_never_comes() throws Exception {
        fake.inject(Fault.STALL);
        var stalled = client.sendAsync(hello(), text());
        Poll.until(Duration.ofSeconds(10), () -> fake.journal().spoilt() == 1, "a stalled request");
        fake.recover();
        assertEquals(200, client.send(hello(), text()).statusCode());
        assertFalse(stalled.isDone());
    }

    @Test
    void a_wrong_language_is_the_one_it_came_in() throws Exception {
        fake.inject(Fault.WRONG_LANGUAGE);
        assertEquals("hello", basic(new JsonObject().put("q", "hello").put("target", "es")));
    }

    @Test
    void the_journal_counts_what_came() throws Exception {
        basic(new JsonObject().put("q", "ñandú 😀").put("target", "es"));
        basic(new JsonObject().put("q", "two").put("target", "es"));
        var journal = fake.journal();
        assertEquals(2, journal.requests());
        assertEquals(2, journal.translations());
        assertEquals(10, journal.characters());
        assertEquals(1, journal.connections());
        assertEquals(1, journal.maxConcurrent());
    }

    private void assertRefused(int status, String reason, HttpRequest.Builder request, String body)
            throws Exception {
        var refused =
                client.send(
                        request.header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        text());
        JsonObject error = new JsonObject(refused.body()).getJsonObject("error");
        assertEquals(status, refused.statusCode(), refused::body);
        assertEquals(status, error.getInteger("code"));
        assertEquals(reason, error.getJsonArray("errors").getJsonObject(0).getString("reason"));
    }

    private String basic(JsonObject asked) throws Exception {
        var answer = client.send(basicRequest(asked), text());
        assertEquals(200, answer.statusCode(), answer::body);
        return translated(
                new JsonObject(answer.body()).getJsonObject("data").getJsonArray("translations"));
    }

    private String advanced(String token, JsonObject asked) throws Exception {
        var answer = client.send(advancedRequest(token, asked), text());
        assertEquals(200, answer.statusCode(), answer::body);
        return translated(new JsonObject(answer.body()).getJsonArray("translations"));
    }

    private static String translated(JsonArray translations) {
        return translations.getJsonObject(0).getString("translatedText");
    }

    private HttpRequest hello() {
        return basicRequest(new JsonObject().put("q", "hello").put("target", "es"));
    }

    private HttpRequest basicRequest(JsonObject asked) {
        return request(V2)
                .header("X-goog-api-key", key())
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(asked.encode()))
                .build();
    }

    private HttpRequest advancedRequest(String token, JsonObject asked) {
        return request("/v3/" + PARENT + ":translateText")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(asked.encode()))
                .build();
    }

    private int look(String token, String path) throws Exception {
        return client.send(request(path).header("Authorization", "Bearer " + token).build(), text())
                .statusCode();
    }

    private HttpRequest get(String path) {
        return request(path).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(fake.address().resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse.BodyHandler<String> text() {
        return BodyHandlers.ofString();
    }

    private static String key() {
        return GoogleAccount.USUAL.apiKey();
    }

    private String token() throws Exception {
        var answer = ask(assertion(account(), fake.address() + "/token", 3600));
        assertEquals(200, answer.statusCode(), answer::body);
        return new JsonObject(answer.body()).getString("access_token");
    }

    private HttpResponse<String> ask(String assertion) throws Exception {
        return client.send(
                request("/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type"
                                                + "%3Ajwt-bearer&assertion="
                                                + assertion))
                        .build(),
                text());
    }

    private PrivateKey account() throws Exception {
        String pem = accountFile().getString("private_key");
        String base64 = pem.replaceAll("-----.*-----|\\s", "");
        assertTrue(pem.startsWith("-----BEGIN PRIVATE KEY-----"), pem);
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    private JsonObject accountFile() throws IOException {
        return new JsonObject(
                Files.readString(fake.writeServiceAccount(folder.resolve("account.json"))));
    }

    private String assertion(PrivateKey key, String audience, int lifetime) throws Exception {
        long now = Instant.now().getEpochSecond();
        String signed =
                encoded(new JsonObject().put("alg", "RS256").put("typ", "JWT"))
                        + '.'
                        + encoded(
                                new JsonObject()
                                        .put("iss", accountFile().getString("client_email"))
                                        .put(
                                                "scope",
                                                "https://www.googleapis.com/auth/cloud-platform")
                                        .put("aud", audience)
                                        .put("iat", now)
                                        .put("exp", now + lifetime));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String encoded(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}
