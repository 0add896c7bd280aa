package io.sandalphone.harness.twilio;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.sandalphone.harness.carrier.CallControl;
import io.sandalphone.harness.carrier.CallOrder;
import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.RestServer;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Twilio's REST API, as far as calls need it (twilio.com/docs/voice/api/call-resource): create, fetch
/// and update a call; read the account and its numbers. Owner: the carrier's loop.
final class TwilioApi implements RestServer.Api {
    private static final Pattern PATH =
            Pattern.compile(
                    "/2010-04-01/Accounts/(AC\\w+)(?:/(Calls|IncomingPhoneNumbers)(?:/(\\w+))?)?\\.json");
    private static final Set<String> EVENTS =
            Set.of("initiated", "ringing", "answered", "completed");
    private static final int LONGEST_DOCUMENT = 4000;
    private static final int LONGEST_RINGING = 600;
    private static final long NANOS = 1_000_000_000;

    private final CallControl control;
    private final TwilioAccount account;
    private long nextCallNanos = System.nanoTime();

    TwilioApi(CallControl control, TwilioAccount account) {
        this.control = control;
        this.account = account;
    }

    @Override
    public RestServer.Reply rateLimited() {
        return error(429, 20429, "Too many requests");
    }

    @Override
    public RestServer.Reply answer(HttpServerRequest request, String body) {
        if (!authorized(request.getHeader("Authorization"))) {
            return error(401, 20003, "Authenticate");
        }
        Matcher path = PATH.matcher(request.path());
        if (!path.matches() || !path.group(1).equals(account.sid())) {
            return notFound(request.path());
        }
        boolean post = request.method().equals(HttpMethod.POST);
        String resource = path.group(2);
        String id = path.group(3);
        if (resource == null) {
            return new RestServer.Reply(
                    200, new JsonObject().put("sid", account.sid()).put("status", "active"));
        }
        MultiMap form = form(body);
        if (resource.equals("IncomingPhoneNumbers")) {
            return post ? notFound(request.path()) : numbers(request.getParam("PhoneNumber"));
        }
        if (id == null) {
            return post ? create(form) : notFound(request.path());
        }
        return control.find(id)
                .map(call -> post ? update(call, form) : new RestServer.Reply(200, json(call)))
                .orElseGet(() -> notFound(request.path()));
    }

    private boolean authorized(@Nullable String header) {
        String expected =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (account.sid() + ":" + account.authToken())
                                                .getBytes(StandardCharsets.UTF_8));
        return expected.equals(header);
    }

    private static MultiMap form(String body) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        new QueryStringDecoder(body, false).parameters().forEach(form::add);
        return form;
    }

    private RestServer.Reply create(MultiMap form) {
        String to = form.get("To");
        String from = form.get("From");
        if (to == null || to.isEmpty()) {
            return error(400, 21201, "No 'To' number is specified");
        }
        if (from == null || from.isEmpty()) {
            return error(400, 21213, "No 'From' number is specified");
        }
        // A Url wins over a document that comes with the request.
        String url = form.get("Url");
        String document = url == null ? form.get("Twiml") : null;
        if (url == null && document == null) {
            return error(400, 21205, "Url or Twiml is required");
        }
        if (document != null && document.length() > LONGEST_DOCUMENT) {
            return error(400, 21220, "Twiml is longer than 4000 characters");
        }
        Optional<Duration> timeout = seconds(form.get("Timeout"), LONGEST_RINGING);
        if (form.contains("Timeout") && timeout.isEmpty()) {
            return error(400, 21236, "Timeout is not a number of seconds up to 600");
        }
        Set<String> events = new HashSet<>();
        for (String named : form.getAll("StatusCallbackEvent")) {
            events.addAll(List.of(named.strip().split("[\\s,]+")));
        }
        if (!EVENTS.containsAll(events)) {
            return error(400, 21626, "StatusCallbackEvent knows " + EVENTS);
        }
        if (events.isEmpty()) {
            events.add("completed");
        }
        var order =
                new CallOrder(
                        to,
                        from,
                        document,
                        url,
                        form.contains("Method") ? form.get("Method") : "POST",
                        form.get("FallbackUrl"),
                        form.get("StatusCallback"),
                        form.contains("StatusCallbackMethod")
                                ? form.get("StatusCallbackMethod")
                                : "POST",
                        events,
                        timeout.orElse(Duration.ofSeconds(60)),
                        seconds(form.get("TimeLimit"), Integer.MAX_VALUE),
                        detection(form));
        return new RestServer.Reply(201, json(control.make(order, queueing())));
    }

    /// How long the account's rate holds the next call back.
    private Duration queueing() {
        long now = System.nanoTime();
        long at = Math.max(now, nextCallNanos);
        nextCallNanos = at + NANOS / account.callsPerSecond();
        return Duration.ofNanos(at - now);
    }

    private static CallOrder.Detection detection(MultiMap form) {
        if (!form.contains("MachineDetection")) {
            return CallOrder.Detection.NONE;
        }
        boolean async = "true".equals(form.get("AsyncAmd"));
        return new CallOrder.Detection(true, async ? form.get("AsyncAmdStatusCallback") : null);
    }

    private static Optional<Duration> seconds(@Nullable String text, int most) {
        if (text == null || !text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
    }

    private RestServer.Reply update(SimulatedCall call, MultiMap form) {
        CallStatus now = call.currentStatus();
        String status = form.get("Status");
        if (now.ended()) {
            return error(400, 21220, "Call is not in-progress. Cannot redirect.");
        }
        if (status != null) {
            boolean cancel = status.equals("canceled");
            if (cancel ? !now.pending() : !status.equals("completed")) {
                return error(400, 21220, "Call is not in a state for Status=" + status);
            }
            // A call that was not answered cannot have been completed.
            control.end(call, now.pending() ? CallStatus.CANCELED : CallStatus.COMPLETED);
            return new RestServer.Reply(200, json(call));
        }
        if (now.pending()) {
            return error(400, 21220, "Call is not in-progress. Cannot redirect.");
        }
        String url = form.get("Url");
        String document = form.get("Twiml");
        if (url != null) {
            control.redirect(call, url, form.contains("Method") ? form.get("Method") : "POST");
        } else if (document != null) {
            control.redirect(call, document);
        } else {
            return error(400, 21218, "Status, Url or Twiml is required");
        }
        return new RestServer.Reply(200, json(call));
    }

    private RestServer.Reply numbers(@Nullable String wanted) {
        var found = new JsonArray();
        for (IncomingNumber number : control.numbers()) {
            if (wanted == null || number.number().equals(wanted)) {
                found.add(
                        new JsonObject()
                                .put("phone_number", number.number())
                                .put("voice_url", number.voiceUrl())
                                .put("voice_method", "POST")
                                .put(
                                        "voice_fallback_url",
                                        Optional.ofNullable(number.fallbackUrl()).orElse(""))
                                .put("voice_fallback_method", "POST")
                                .put(
                                        "status_callback",
                                        Optional.ofNullable(number.statusUrl()).orElse(""))
                                .put("capabilities", new JsonObject().put("voice", true)));
            }
        }
        return new RestServer.Reply(
                200,
                new JsonObject()
                        .put("incoming_phone_numbers", found)
                        .put("page", 0)
                        .put("page_size", 50)
                        .putNull("next_page_uri"));
    }

    private JsonObject json(SimulatedCall call) {
        CallStatus status = call.currentStatus();
        return new JsonObject()
                .put("sid", call.id())
                .put("account_sid", account.sid())
                .put("status", status == CallStatus.INITIATED ? "queued" : status.text())
                .put("direction", call.identity().direction())
                .put("to", call.to())
                .put("from", call.from())
                .put("parent_call_sid", call.identity().parent())
                .put("duration", status.ended() ? Long.toString(call.seconds()) : null)
                .put("answered_by", call.answeredBy().orElse(null))
                .put(
                        "uri",
                        "/2010-04-01/Accounts/%s/Calls/%s.json"
                                .formatted(account.sid(), call.id()));
    }

    private static RestServer.Reply notFound(String path) {
        return error(404, 20404, "The requested resource " + path + " was not found");
    }

    private static RestServer.Reply error(int status, int code, String message) {
        return new RestServer.Reply(
                status,
                new JsonObject()
                        .put("code", code)
                        .put("message", message)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }
}
