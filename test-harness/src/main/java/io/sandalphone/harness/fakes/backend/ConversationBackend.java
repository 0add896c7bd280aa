package io.sandalphone.harness.fakes.backend;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.http.HttpAnswer;
import io.sandalphone.harness.fakes.http.HttpCall;
import io.sandalphone.harness.fakes.http.HttpRefusal;
import io.sandalphone.harness.fakes.http.HttpService;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// `POST /conversation/start` with what is said first in a call, `POST /conversation/message` with all that is said after it. What
/// is not signed, incomplete or out of order is refused.
///
/// Beside what every fake of HTTP can do: UNAUTHORIZED, FORBIDDEN, NOT_FOUND, RATE_LIMITED, SERVER_ERROR; INCOMPLETE, an answer
/// without words; LONG_ANSWER, words for ten minutes.
public final class ConversationBackend implements HttpService {
    private static final int WORDS_OF_TEN_MINUTES = 1500;
    private static final int RETRY_AFTER = 2;

    private final Function<BackendRequest, BackendReply> script;
    private final Optional<BackendSignature> signature;
    private final List<BackendRequest> asked = new CopyOnWriteArrayList<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /// @param script what is answered; called on the thread of each request
    /// @param signature what all requests have to bear; without one none is looked at
    public ConversationBackend(
            Function<BackendRequest, BackendReply> script, Optional<BackendSignature> signature) {
        this.script = script;
        this.signature = signature;
    }

    /// What it was told so far, in order.
    public List<BackendRequest> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Set<Fault> faults() {
        return Set.of(
                Fault.UNAUTHORIZED,
                Fault.FORBIDDEN,
                Fault.NOT_FOUND,
                Fault.RATE_LIMITED,
                Fault.SERVER_ERROR,
                Fault.INCOMPLETE,
                Fault.LONG_ANSWER);
    }

    @Override
    public HttpAnswer answer(HttpCall call) throws HttpRefusal {
        BackendRequest request = read(call);
        asked.add(request);
        BackendReply reply = script.apply(request);
        if (call.has(Fault.INCOMPLETE)) {
            return HttpAnswer.json(
                    new JsonObject()
                            .putNull("reply")
                            .put("end", "perhaps")
                            .put("transferTo", 7)
                            .put("tomorrow", new JsonArray()));
        }
        if (call.has(Fault.LONG_ANSWER)) {
            return HttpAnswer.json(
                    BackendReply.says("again ".repeat(WORDS_OF_TEN_MINUTES).strip()).json());
        }
        return HttpAnswer.json(reply.json());
    }

    private BackendRequest read(HttpCall call) throws HttpRefusal {
        boolean begins = call.what().equals("POST /conversation/start");
        if (!begins && !call.what().equals("POST /conversation/message")) {
            throw refusal(404, "nothing at " + call.what());
        }
        String fault = signature.map(own -> own.fault(call, Instant.now())).orElse("");
        if (!fault.isEmpty()) {
            throw refusal(401, fault);
        }
        if (!call.header("content-type").startsWith("application/json")) {
            throw refusal(415, "JSON is expected");
        }
        BackendRequest request = read(begins, call);
        if (begins) {
            // More than once, where the answer was lost.
            begun.add(request.call());
        } else if (!begun.contains(request.call())) {
            throw refusal(404, "no conversation has begun in this call");
        }
        return request;
    }

    private static BackendRequest read(boolean begins, HttpCall call) throws HttpRefusal {
        try {
            var json = new JsonObject(call.body());
            return new BackendRequest(
                    begins,
                    text(json, "callId"),
                    text(json, "from"),
                    text(json, "to"),
                    text(json, "language"),
                    text(json, "text"),
                    json.getJsonArray("history", new JsonArray()));
        } catch (DecodeException e) {
            throw refusal(400, "no JSON");
        } catch (ClassCastException e) {
            throw refusal(400, "a value of the wrong type");
        }
    }

    private static String text(JsonObject json, String field) throws HttpRefusal {
        String text = (String) json.getValue(field, "");
        if (text.isBlank()) {
            throw refusal(400, "no " + field);
        }
        return text;
    }

    @Override
    public Optional<HttpRefusal> refusal(Fault fault, int count) {
        return switch (fault) {
            case UNAUTHORIZED -> Optional.of(refusal(401, "signature wrong"));
            case FORBIDDEN -> Optional.of(refusal(403, "not from there"));
            case NOT_FOUND -> Optional.of(HttpRefusal.plain(404, "<h1>Not Found</h1>"));
            case RATE_LIMITED -> Optional.of(refusal(429, "slow down").retryAfter(RETRY_AFTER));
            case SERVER_ERROR ->
                    Optional.of(
                            count % 2 == 0
                                    ? refusal(500, "something failed")
                                    : HttpRefusal.plain(502, "<h1>Bad Gateway</h1>"));
            default -> Optional.empty();
        };
    }

    private static HttpRefusal refusal(int status, String error) {
        return new HttpRefusal(status, new JsonObject().put("error", error));
    }
}
