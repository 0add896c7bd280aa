package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.WebhookBody;
import io.sandalphone.telephony.twilio.ArrivedLeg.Decision;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/// What Twilio asks us by HTTP. Parameters that nobody knows here are taken as part of what is signed, and
/// otherwise left alone. Runs on the HTTP server's loop.
///
/// | request | answer |
/// |---|---|
/// | `POST /twilio/voice` | a call arrives: 200 and a document, or 503, on which Twilio takes the number's fallback URL |
/// | `POST /twilio/status` | what becomes of a call: 204 |
/// | `POST /twilio/machine` | who answered a call: 204 |
///
/// 403: the signature or the account is wrong. 400: a parameter is missing that every such request has.
final class TwilioWebhooks {
    static final String VOICE = "/twilio/voice";
    static final String STATUS = "/twilio/status";
    static final String MACHINE = "/twilio/machine";

    /// The query's parameter that names the leg a report is of.
    static final String LEG = "leg";

    private final Account account;
    private final TwilioGuard guard;
    private final BiFunction<String, FormParameters, Future<Decision>> arrivals;

    /// `arrivals` takes a call by its name with what Twilio says of it, and says what becomes of it.
    TwilioWebhooks(
            Account account,
            TwilioGuard guard,
            BiFunction<String, FormParameters, Future<Decision>> arrivals) {
        this.account = account;
        this.guard = guard;
        this.arrivals = arrivals;
    }

    void mount(Router router) {
        // Twilio can be told to use GET for calls; then all is in the query.
        router.route(VOICE)
                .method(HttpMethod.POST)
                .method(HttpMethod.GET)
                .handler(new WebhookBody())
                .handler(context -> believed(context, this::voice));
        router.post(STATUS)
                .handler(new WebhookBody())
                .handler(context -> believed(context, this::status));
        router.post(MACHINE)
                .handler(new WebhookBody())
                .handler(context -> believed(context, this::machine));
    }

    private interface Webhook {
        void handle(RoutingContext context, String callSid, FormParameters parameters);
    }

    private void believed(RoutingContext context, Webhook next) {
        HttpServerRequest request = context.request();
        byte[] body = WebhookBody.of(context).getBytes();
        FormParameters form;
        FormParameters parameters;
        try {
            form = isForm(request, body) ? FormParameters.parse(utf8(body)) : null;
            String query = request.query();
            FormParameters inQuery = FormParameters.parse(query == null ? "" : query);
            parameters = form == null || form.all().isEmpty() ? inQuery : form;
        } catch (IllegalArgumentException _) {
            account.meters().webhookMalformed().increment();
            answer(context, 400, "the parameters are not encoded as those of a form");
            return;
        }
        if (!guard.isGenuine(request, body, form)) {
            answer(context, 403, "the signature does not fit; the log says what was checked");
            return;
        }
        Optional<String> call = parameters.get("CallSid").filter(Sids::isCall);
        Optional<String> owner = parameters.get("AccountSid");
        if (call.isEmpty() || owner.isEmpty()) {
            account.meters().webhookMalformed().increment();
            answer(context, 400, "CallSid and AccountSid are needed");
        } else if (!owner.get().equals(account.settings().accountSid())) {
            account.meters().accountForeign().increment();
            answer(context, 403, "the call is another account's");
        } else {
            next.handle(context, call.get(), parameters);
        }
    }

    private static boolean isForm(HttpServerRequest request, byte[] body) {
        String type = request.getHeader("Content-Type");
        return body.length == 0
                || (type != null
                        && type.toLowerCase(Locale.ROOT)
                                .startsWith("application/x-www-form-urlencoded"));
    }

    private static String utf8(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private void voice(RoutingContext context, String callSid, FormParameters parameters) {
        arrivals.apply(callSid, parameters)
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

    private void status(RoutingContext context, String callSid, FormParameters parameters) {
        Optional<CallStatus> status = parameters.get("CallStatus").flatMap(CallStatus::of);
        Optional<TwilioLeg> leg = leg(context, callSid);
        if (status.isEmpty() || leg.isEmpty()) {
            account.meters().statusUnknown().increment();
        } else {
            long sequence = number(parameters.get("SequenceNumber"), -1);
            int sip = (int) number(parameters.get("SipResponseCode"), 0);
            TwilioLeg found = leg.get();
            found.loop().execute(() -> found.report(status.get(), sequence, sip, callSid));
        }
        context.response().setStatusCode(204).end();
    }

    private Optional<TwilioLeg> leg(RoutingContext context, String callSid) {
        String key = context.request().getParam(LEG);
        Optional<TwilioLeg> byKey =
                key == null ? Optional.empty() : account.byKey(key).map(leg -> (TwilioLeg) leg);
        return byKey.filter(leg -> isOf(leg, callSid)).or(() -> account.bySid(callSid));
    }

    private static boolean isOf(TwilioLeg leg, String callSid) {
        String known = leg.callSid();
        return known == null || known.equals(callSid);
    }

    private static long number(Optional<String> text, long otherwise) {
        return text.filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(otherwise);
    }

    private void machine(RoutingContext context, String callSid, FormParameters parameters) {
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
