package io.sandalphone.harness.telnyx;

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
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Telnyx' REST API for TeXML (developers.telnyx.com, TeXML REST commands): make a call by the
/// application or by the account, fetch and update it; read the account's numbers and its application.
/// Bodies are JSON or forms. Owner: the carrier's loop.
final class TelnyxApi implements RestServer.Api {
    private static final Pattern BY_APPLICATION = Pattern.compile("/v2/texml/calls/([^/]+)");
    private static final Pattern BY_ACCOUNT =
            Pattern.compile("/v2/texml/Accounts/([^/]+)/Calls(?:/([^/]+))?");
    private static final Pattern APPLICATION = Pattern.compile("/v2/texml_applications/([^/]+)");
    private static final Set<String> EVENTS =
            Set.of("initiated", "ringing", "answered", "completed");

    private final CallControl control;
    private final TelnyxAccount account;

    TelnyxApi(CallControl control, TelnyxAccount account) {
        this.control = control;
        this.account = account;
    }

    @Override
    public RestServer.Reply rateLimited() {
        return error(429, "10011", "Too many requests");
    }

    @Override
    public RestServer.Reply answer(HttpServerRequest request, String body) {
        if (!("Bearer " + account.apiKey()).equals(request.getHeader("Authorization"))) {
            return error(401, "10009", "Authentication failed");
        }
        boolean post = request.method().equals(HttpMethod.POST);
        String path = request.path();
        Matcher byApplication = BY_APPLICATION.matcher(path);
        Matcher byAccount = BY_ACCOUNT.matcher(path);
        Matcher application = APPLICATION.matcher(path);
        try {
            if (post && byApplication.matches()) {
                return create(byApplication.group(1), parameters(request, body));
            }
            if (byAccount.matches() && byAccount.group(1).equals(account.id())) {
                String id = byAccount.group(2);
                if (id != null) {
                    return control.find(URLDecoder.decode(id, StandardCharsets.UTF_8))
                            .map(call -> live(call, post, request, body))
                            .orElseGet(TelnyxApi::notFound);
                }
                if (post) {
                    MultiMap form = parameters(request, body);
                    String named = form.get("ApplicationSid");
                    return create(named == null ? "" : named, form);
                }
            }
        } catch (DecodeException e) {
            return error(400, "10015", "Bad Request: no JSON");
        }
        if (!post && path.equals("/v2/phone_numbers")) {
            return numbers(request.getParam("filter[phone_number]"));
        }
        if (!post && application.matches() && application.group(1).equals(account.application())) {
            return application();
        }
        return notFound();
    }

    private RestServer.Reply live(
            SimulatedCall call, boolean post, HttpServerRequest request, String body) {
        return post
                ? update(call, parameters(request, body))
                : new RestServer.Reply(200, json(call));
    }

    private static MultiMap parameters(HttpServerRequest request, String body) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        if (type.startsWith("application/json")) {
            new JsonObject(body)
                    .forEach(each -> form.add(each.getKey(), String.valueOf(each.getValue())));
        } else {
            new QueryStringDecoder(body, false).parameters().forEach(form::add);
        }
        return form;
    }

    private RestServer.Reply create(String application, MultiMap form) {
        if (!application.equals(account.application())) {
            return error(422, "10002", "Invalid connection or application");
        }
        String to = form.get("To");
        String from = form.get("From");
        if (to == null || from == null || to.isEmpty() || from.isEmpty()) {
            return error(422, "10004", "To and From are required");
        }
        String url = form.get("Url");
        String document = url == null ? form.get("Texml") : null;
        if (url == null && document == null) {
            return error(422, "10004", "Url or Texml is required: the application has no other");
        }
        Set<String> events = new HashSet<>();
        for (String named : form.getAll("StatusCallbackEvent")) {
            events.addAll(List.of(named.strip().split("[\\s,]+")));
        }
        if (!EVENTS.containsAll(events)) {
            return error(422, "10015", "StatusCallbackEvent knows " + EVENTS);
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
                        orPost(form.get("UrlMethod")),
                        form.get("FallbackUrl"),
                        form.get("StatusCallback"),
                        orPost(form.get("StatusCallbackMethod")),
                        events,
                        seconds(form.get("Timeout")).orElse(Duration.ofSeconds(30)),
                        seconds(form.get("TimeLimit")),
                        detection(form));
        SimulatedCall call = control.make(order, Duration.ZERO);
        return new RestServer.Reply(
                200,
                new JsonObject()
                        .put("call_sid", call.id())
                        .put("from", from)
                        .put("to", to)
                        .put("status", "queued"));
    }

    private static String orPost(@Nullable String method) {
        return method == null ? "POST" : method;
    }

    private static CallOrder.Detection detection(MultiMap form) {
        String wanted = form.get("MachineDetection");
        if (wanted == null || wanted.equals("Disable")) {
            return CallOrder.Detection.NONE;
        }
        boolean async = "true".equals(form.get("AsyncAmd"));
        return new CallOrder.Detection(true, async ? form.get("AsyncAmdStatusCallback") : null);
    }

    private static Optional<Duration> seconds(@Nullable String text) {
        return text == null || !text.matches("\\d{1,6}")
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Integer.parseInt(text)));
    }

    private RestServer.Reply update(SimulatedCall call, MultiMap form) {
        CallStatus now = call.currentStatus();
        if (now.ended()) {
            return error(422, "90018", "Call has already ended");
        }
        String url = form.get("Url");
        String document = form.get("Texml");
        if ("completed".equals(form.get("Status"))) {
            control.end(call, now.pending() ? CallStatus.CANCELED : CallStatus.COMPLETED);
        } else if (now.pending()) {
            return error(422, "90034", "Call not answered yet");
        } else if (url != null) {
            control.redirect(call, url, orPost(form.get("Method")));
        } else if (document != null) {
            control.redirect(call, document);
        } else {
            return error(422, "10004", "Status=completed, Url or Texml is required");
        }
        return new RestServer.Reply(200, json(call));
    }

    private RestServer.Reply numbers(@Nullable String wanted) {
        var found = new JsonArray();
        for (IncomingNumber number : control.numbers()) {
            if (wanted == null || number.number().equals(wanted)) {
                found.add(
                        new JsonObject()
                                .put("record_type", "phone_number")
                                .put("phone_number", number.number())
                                .put("status", "active")
                                .put("connection_id", account.application()));
            }
        }
        return new RestServer.Reply(200, new JsonObject().put("data", found));
    }

    /// The webhook belongs to the application, which all numbers share.
    private RestServer.Reply application() {
        var data =
                new JsonObject()
                        .put("record_type", "texml_application")
                        .put("id", account.application())
                        .put("active", true);
        control.numbers().stream()
                .findFirst()
                .ifPresent(
                        number ->
                                data.put("voice_url", number.voiceUrl())
                                        .put("voice_method", "post")
                                        .put(
                                                "voice_fallback_url",
                                                Optional.ofNullable(number.fallbackUrl())
                                                        .orElse("")));
        return new RestServer.Reply(200, new JsonObject().put("data", data));
    }

    private JsonObject json(SimulatedCall call) {
        return new JsonObject()
                .put("sid", call.id())
                .put("account_sid", account.id())
                .put("status", call.currentStatus().text())
                .put("direction", call.identity().direction())
                .put("from", call.from())
                .put("to", call.to())
                .put("duration", Long.toString(call.seconds()))
                .put("answered_by", call.answeredBy().orElse(null));
    }

    private static RestServer.Reply notFound() {
        return error(404, "10005", "Resource not found");
    }

    private static RestServer.Reply error(int status, String code, String title) {
        return new RestServer.Reply(
                status,
                new JsonObject()
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("code", code)
                                                        .put("title", title)
                                                        .put("detail", title))));
    }
}
