package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.markup.ArrivedLeg.Decision;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamAddress;
import io.sandalphone.web.RequestBody;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What a carrier asks us by HTTP. Parameters that nobody knows here are taken as part of what is signed, and
/// otherwise left alone. Runs on the HTTP server's loop.
///
/// | request | answer |
/// |---|---|
/// | `POST /CARRIER/voice`, or one of its [aliases][WebhookAlias] | a call arrives: 200 and a document, or 503, on which the carrier takes the number's fallback URL |
/// | `POST /CARRIER/status` | what becomes of a call: 204 |
/// | `POST /CARRIER/machine` | who answered a call: 204 |
///
/// 403: the signature or the account is wrong. 400: a parameter is missing that every such request has, or
/// they are not encoded as those of a form.
public final class Webhooks {
    /// The query's parameter that names the leg a report is of.
    static final String LEG = "leg";

    /// More than any webhook has, in bytes.
    public static final int LONGEST_BODY = 64 * 1024;

    private final Account account;
    private final Sender sender;
    private final Function<Announced, Future<Decision>> arrivals;

    /// A call that the carrier announces, by its name, with what it says of it. `stream` is where the call's documents are to
    /// send its stream. `language` is what the address of the webhook says of the caller, a BCP 47 tag, if anything.
    record Announced(
            String callId,
            FormParameters parameters,
            StreamAddress stream,
            Optional<String> language) {}

    /// `arrivals` says what becomes of a call.
    Webhooks(Account account, Sender sender, Function<Announced, Future<Decision>> arrivals) {
        this.account = account;
        this.sender = sender;
        this.arrivals = arrivals;
    }

    /// Where `carrier` announces calls.
    public static String voicePath(String carrier) {
        return "/" + carrier + "/voice";
    }

    /// Where `carrier` reports what becomes of calls.
    public static String statusPath(String carrier) {
        return "/" + carrier + "/status";
    }

    static String machinePath(String carrier) {
        return "/" + carrier + "/machine";
    }

    void mount(Router router) {
        String carrier = account.dialect().name();
        mountVoice(router, voicePath(carrier), this::arrives);
        for (WebhookAlias alias : account.dialect().aliases()) {
            mountVoice(
                    router,
                    alias.path(),
                    context ->
                            believed(
                                    context,
                                    (_, call, said) ->
                                            voice(context, announced(context, alias, call, said))));
        }
        router.post(statusPath(carrier))
                .handler(new RequestBody(LONGEST_BODY))
                .handler(context -> believed(context, this::status));
        router.post(machinePath(carrier))
                .handler(new RequestBody(LONGEST_BODY))
                .handler(context -> believed(context, this::machine));
    }

    /// Carriers can be told to use GET for calls; then all is in the query.
    private static void mountVoice(Router router, String path, Handler<RoutingContext> voice) {
        router.route(path)
                .method(HttpMethod.POST)
                .method(HttpMethod.GET)
                .handler(new RequestBody(LONGEST_BODY))
                .handler(voice);
    }

    /// A call is announced, by a request at whatever path, whose body was read.
    void arrives(RoutingContext context) {
        believed(
                context,
                (_, call, said) ->
                        voice(
                                context,
                                new Announced(call, said, StreamAddress.USUAL, Optional.empty())));
    }

    private Announced announced(
            RoutingContext context, WebhookAlias alias, String callId, FormParameters parameters) {
        Optional<String> language =
                alias.language(context.request().getParam(WebhookAlias.LANGUAGE));
        StreamAddress stream = alias.stream(account.dialect().caller(parameters), language);
        return new Announced(callId, parameters, stream, language);
    }

    private interface Webhook {
        void handle(RoutingContext context, String callId, FormParameters parameters);
    }

    private void believed(RoutingContext context, Webhook next) {
        HttpServerRequest request = context.request();
        byte[] body = RequestBody.of(context).getBytes();
        // Nothing of the body is read before it is known whose it is.
        if (!sender.isGenuine(request, body)) {
            answer(context, 403, "the signature does not fit; the log says what was checked");
            return;
        }
        FormParameters parameters;
        try {
            parameters = parameters(request, body);
        } catch (IllegalArgumentException _) {
            account.meters().refuse(Refusal.MALFORMED);
            answer(context, 400, "the parameters are not encoded as those of a form");
            return;
        }
        Optional<String> call = parameters.get("CallSid").filter(sender::isCall);
        if (call.isEmpty() || parameters.get("AccountSid").isEmpty()) {
            account.meters().refuse(Refusal.MALFORMED);
            answer(context, 400, "CallSid and AccountSid are needed");
        } else if (!sender.isOurs(parameters)) {
            account.meters().refuse(Refusal.FOREIGN_ACCOUNT);
            answer(context, 403, "the call is another account's");
        } else {
            next.handle(context, call.get(), parameters);
        }
    }

    private static FormParameters parameters(HttpServerRequest request, byte[] body) {
        FormParameters form =
                isForm(request, body)
                        ? FormParameters.parse(new String(body, StandardCharsets.UTF_8))
                        : FormParameters.of();
        String query = request.query();
        FormParameters inQuery = FormParameters.parse(query == null ? "" : query);
        return form.all().isEmpty() ? inQuery : form;
    }

    /// Whether a request's body is a form, or none.
    public static boolean isForm(HttpServerRequest request, byte[] body) {
        String type = request.getHeader("Content-Type");
        return body.length == 0
                || (type != null
                        && type.toLowerCase(Locale.ROOT)
                                .startsWith("application/x-www-form-urlencoded"));
    }

    private void voice(RoutingContext context, Announced call) {
        if (account.isOver(call.callId())) {
            account.meters().refuse(Refusal.SIGNATURE_REPLAYED);
            answer(context, 403, "the call is over");
            return;
        }
        arrivals.apply(call)
                .onSuccess(
                        decision -> context.vertx().runOnContext(_ -> decided(context, decision)))
                .onFailure(
                        _ ->
                                context.vertx()
                                        .runOnContext(_ -> answer(context, 503, "not taken here")));
    }

    private static void decided(RoutingContext context, Decision decision) {
        switch (decision) {
            case Decision.Document(var xml) ->
                    context.response()
                            .putHeader("Content-Type", "text/xml; charset=utf-8")
                            .end(xml);
            case Decision.GiveBack _ -> answer(context, 503, "not taken here");
        }
    }

    private void status(RoutingContext context, String callId, FormParameters parameters) {
        Optional<CallStatus> status = parameters.get("CallStatus").flatMap(CallStatus::of);
        Optional<MarkupLeg> leg = leg(context, callId);
        if (status.isEmpty() || leg.isEmpty()) {
            account.meters().statusUnknown().increment();
        } else {
            long sequence = number(parameters.get("SequenceNumber"), -1);
            int sip = (int) number(parameters.get("SipResponseCode"), 0);
            MarkupLeg found = leg.get();
            found.loop().execute(() -> found.report(status.get(), sequence, sip, callId));
        }
        context.response().setStatusCode(204).end();
    }

    private Optional<MarkupLeg> leg(RoutingContext context, String callId) {
        String key = context.request().getParam(LEG);
        Optional<MarkupLeg> byKey =
                key == null ? Optional.empty() : account.byKey(key).map(leg -> (MarkupLeg) leg);
        return byKey.filter(leg -> isOf(leg, callId)).or(() -> account.byId(callId));
    }

    private static boolean isOf(MarkupLeg leg, String callId) {
        String known = leg.callId();
        return known == null || known.equals(callId);
    }

    private static long number(Optional<String> text, long otherwise) {
        return text.filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(otherwise);
    }

    private void machine(RoutingContext context, String callId, FormParameters parameters) {
        parameters.get("AnsweredBy").ifPresent(account.meters()::answeredBy);
        context.response().setStatusCode(204).end();
    }

    private static void answer(RoutingContext context, int status, String sentence) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(sentence + "\n");
    }
}
