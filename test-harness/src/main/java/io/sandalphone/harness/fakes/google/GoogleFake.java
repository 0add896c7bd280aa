package io.sandalphone.harness.fakes.google;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.ServedFake;
import io.sandalphone.harness.fakes.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Google Cloud Translation on loopback: edition v2 with an API key (`translate`, `detect`,
/// `languages`), edition v3 with tokens (`:translateText`, `supportedLanguages`, a glossary), and the
/// place where a service account gets its tokens. What Google would refuse is refused by the same
/// names, and text that was not declared plain comes back as HTML.
///
/// Faults strike a request when its answer is due, so those under way too; SLOW when it comes.
/// Tokens never fail.
///
/// Traced are each text that is `asked` for, and its `answer`.
public final class GoogleFake extends ServedFake {
    /// How much later than it should an answer comes under SLOW.
    private static final Duration SLOWNESS = Duration.ofSeconds(6);

    private static final String TOKEN_PATH = "/token";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final GoogleAccount account;
    private final GoogleTimetable timetable;
    private final FakeDictionary dictionary;
    private final TokenEndpoint tokens = new TokenEndpoint();
    private final BasicEdition basic;
    private final AdvancedEdition advanced;
    private final FakeServer server;

    // What follows belongs to the server's loop.
    private final Map<String, Integer> refused = new TreeMap<>();
    private final Set<HttpConnection> open = new HashSet<>();
    private int connections;
    private int requests;
    private int underWay;
    private int maxConcurrent;
    private int translations;
    private int characters;
    private int spoilt;
    private int limited;

    private GoogleFake(
            Vertx vertx,
            FakeOptions options,
            GoogleTimetable timetable,
            GoogleAccount account,
            FakeDictionary dictionary) {
        super(
                Fault.UNAUTHORIZED,
                Fault.FORBIDDEN,
                Fault.RATE_LIMITED,
                Fault.SERVER_ERROR,
                Fault.SLOW,
                Fault.STALL,
                Fault.HALF_CLOSE,
                Fault.CUT,
                Fault.GARBAGE,
                Fault.INCOMPLETE,
                Fault.WRONG_LANGUAGE);
        this.timetable = timetable;
        this.account = account;
        this.dictionary = dictionary;
        this.basic = new BasicEdition(account);
        this.advanced = new AdvancedEdition(account, tokens);
        this.server = FakeServer.listen(vertx, options, this::serve);
    }

    /// Starts one. Not to be called on an event loop.
    public static GoogleFake start(
            Vertx vertx,
            FakeOptions options,
            GoogleTimetable timetable,
            GoogleAccount account,
            FakeDictionary dictionary) {
        return new GoogleFake(vertx, options, timetable, account, dictionary);
    }

    /// Writes the file of a service account that gets its tokens here.
    public Path writeServiceAccount(Path file) throws IOException {
        tokens.write(file, account.project(), tokenUri());
        return file;
    }

    /// From now on no token that was given so far is valid.
    public void revokeTokens() {
        server.onLoop(tokens::forgetAll);
    }

    public GoogleJournal journal() {
        return server.onLoop(
                () ->
                        new GoogleJournal(
                                requests,
                                translations,
                                characters,
                                tokens.given(),
                                refused,
                                spoilt,
                                connections,
                                maxConcurrent));
    }

    @Override
    protected FakeServer server() {
        return server;
    }

    private String tokenUri() {
        return address() + TOKEN_PATH;
    }

    private void serve(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (open.add(connection)) {
            connections++;
            connection.closeHandler(_ -> open.remove(connection));
        }
        request.body()
                .onSuccess(
                        body -> {
                            if (request.path().equals(TOKEN_PATH)) {
                                giveToken(request, body);
                            } else {
                                receive(request, body);
                            }
                        });
    }

    private void giveToken(HttpServerRequest request, Buffer body) {
        var form = Parameters.ofForm(body.toString());
        var token =
                form.one("grant_type").filter(GRANT::equals).isPresent()
                        ? tokens.token(form.one("assertion").orElse(""), tokenUri(), Instant.now())
                        : Optional.<String>empty();
        if (token.isPresent()) {
            answer(
                    request.response(),
                    200,
                    new JsonObject()
                            .put("access_token", token.get())
                            .put("expires_in", TokenEndpoint.LIFETIME.toSeconds())
                            .put("token_type", "Bearer"));
        } else {
            answer(
                    request.response(),
                    400,
                    new JsonObject()
                            .put("error", "invalid_grant")
                            .put("error_description", "Invalid JWT Signature."));
        }
    }

    private void receive(HttpServerRequest request, Buffer body) {
        requests++;
        underWay++;
        maxConcurrent = Math.max(maxConcurrent, underWay);
        request.response().endHandler(_ -> underWay--);
        Duration slowness = activeFault.is(Fault.SLOW) ? SLOWNESS : Duration.ZERO;
        Reply reply;
        try {
            reply =
                    request.path().startsWith(AdvancedEdition.PATH)
                            ? advanced.receive(request, body)
                            : basic.receive(request, body);
        } catch (Refusal refusal) {
            server.after(slowness, () -> refuse(request.response(), refusal));
            return;
        }
        switch (reply) {
            case Reply.Known known ->
                    server.after(
                            timetable.request().plus(slowness),
                            () -> settle(request, known.body()));
            case Reply.Translation translation -> {
                server.note("asked", translation.order().texts().getFirst(), 0);
                characters += translation.order().characters();
                translate(request, translation, slowness);
            }
        }
    }

    /// On a thread of its own, since dictionaries may block.
    private void translate(
            HttpServerRequest request, Reply.Translation translation, Duration slowness) {
        TranslateRequest order = translation.order();
        Duration due = timetable.latency(order.characters()).plus(slowness);
        long start = System.nanoTime();
        Thread.startVirtualThread(
                () -> {
                    List<Reply.Translated> translated = new ArrayList<>();
                    try {
                        for (String text : order.texts()) {
                            translated.add(translated(text, order));
                        }
                    } catch (InterruptedException e) {
                        throw new AssertionError("nobody interrupts it", e);
                    }
                    Duration left = due.minusNanos(System.nanoTime() - start);
                    server.after(
                            left.isNegative() ? Duration.ZERO : left,
                            () -> settle(request, translation, translated));
                });
    }

    private Reply.Translated translated(String text, TranslateRequest order)
            throws InterruptedException {
        Optional<String> byGlossary = Optional.empty();
        if (!order.glossary().isEmpty()) {
            String replaced = text;
            for (Map.Entry<String, String> term : order.glossary().entrySet()) {
                replaced = replaced.replace(term.getKey(), term.getValue());
            }
            byGlossary = Optional.of(byLine(replaced, order));
        }
        return new Reply.Translated(byLine(text, order), byGlossary);
    }

    /// Google keeps the lines of a text.
    private String byLine(String text, TranslateRequest order) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(line.isBlank() ? line : dictionary.translate(line, order.from(), order.to()));
        }
        return written(String.join("\n", lines), order);
    }

    private static String written(String text, TranslateRequest order) {
        return order.html()
                ? text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;")
                        .replace("'", "&#39;")
                : text;
    }

    private void settle(
            HttpServerRequest request,
            Reply.Translation translation,
            List<Reply.Translated> translated) {
        if (activeFault.is(Fault.WRONG_LANGUAGE)) {
            // The language of the one who spoke is another than was asked for.
            settle(
                    request,
                    translation
                            .body()
                            .apply(
                                    translation.order().texts().stream()
                                            .map(text -> written(text, translation.order()))
                                            .map(
                                                    text ->
                                                            new Reply.Translated(
                                                                    text, Optional.of(text)))
                                            .toList()));
        } else {
            server.note("answer", translation.order().texts().getFirst(), 0);
            settle(request, translation.body().apply(translated));
        }
        translations++;
    }

    /// Answers, unless a fault strikes the answer.
    private void settle(HttpServerRequest request, JsonObject body) {
        HttpServerResponse response = request.response();
        Fault fault = activeFault.current();
        if (fault == null) {
            answer(response, 200, body);
            return;
        }
        switch (fault) {
            case UNAUTHORIZED -> refuse(response, Refusal.unauthenticated());
            case FORBIDDEN -> refuse(response, Refusal.forbidden("The caller has no permission."));
            case RATE_LIMITED -> refuse(response, tooMany());
            case SERVER_ERROR ->
                    refuse(
                            response,
                            new Refusal(503, "backendError", "UNAVAILABLE", "Backend Error"));
            case STALL -> spoilt++;
            case CUT -> spoil(request, body, () -> Wire.cut(request.connection()));
            case HALF_CLOSE -> spoil(request, body, () -> Wire.halfClose(request.connection()));
            case GARBAGE -> {
                spoilt++;
                response.putHeader("Content-Type", "application/json; charset=UTF-8")
                        .end("\u0000\u0001<!doctype html>{\"translations\":");
            }
            case INCOMPLETE -> answer(response, 200, incomplete(body));
            default -> answer(response, 200, body);
        }
    }

    /// The translations as texts alone, among fields of types that nobody expects.
    private static JsonObject incomplete(JsonObject body) {
        var odd = new JsonObject().put("model", new JsonArray().add(7)).putNull("data_of_tomorrow");
        JsonObject whole = body.getJsonObject("data", body);
        if (!whole.containsKey("translations")) {
            return body;
        }
        for (String field : whole.fieldNames()) {
            var texts = new JsonArray();
            for (Object each : whole.getJsonArray(field)) {
                texts.add(((JsonObject) each).getString("translatedText"));
            }
            odd.put(field, texts);
        }
        return body.containsKey("data")
                ? new JsonObject().put("data", new JsonArray().add(odd))
                : odd;
    }

    /// As either Google's documents or its servers have it, in turn.
    private Refusal tooMany() {
        limited++;
        return limited % 2 == 1
                ? new Refusal(
                        403,
                        "userRateLimitExceeded",
                        "PERMISSION_DENIED",
                        "User Rate Limit Exceeded")
                : new Refusal(429, "rateLimitExceeded", "RESOURCE_EXHAUSTED", "Quota exceeded.");
    }

    /// Sends the first half of the answer, and then `end`s it.
    private void spoil(HttpServerRequest request, JsonObject body, Runnable end) {
        spoilt++;
        Buffer whole = body.toBuffer();
        request.response()
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .putHeader("Content-Length", Integer.toString(whole.length()))
                .write(whole.slice(0, whole.length() / 2))
                .onSuccess(_ -> end.run());
    }

    private void refuse(HttpServerResponse response, Refusal refusal) {
        refused.merge(refusal.reason(), 1, Integer::sum);
        answer(response, refusal.http(), refusal.body());
    }

    /// Unless the client has left.
    private static void answer(HttpServerResponse response, int status, JsonObject body) {
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json; charset=UTF-8")
                    .end(body.toBuffer());
        }
    }
}
