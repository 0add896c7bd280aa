package io.sandalphone.telephony.http;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.web.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import java.util.Locale;
import java.util.Optional;

/// What requests say.
final class Requests {
    private Requests() {}

    /// The body, which is to be a JSON object.
    static JsonObject json(RoutingContext context) throws Refusal {
        Buffer body = RequestBody.of(context);
        if (body.length() == 0) {
            throw new Refusal(400, "the body is empty, where a JSON object belongs");
        }
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException _) {
            throw new Refusal(400, "the body is no JSON object");
        }
    }

    /// The text that stands in `body` for `key`, if one does.
    static Optional<String> text(JsonObject body, String key) {
        return body.getValue(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /// The parameter `name` of the query, from 0 to `most`; `otherwise` where it is left out, unless that
    /// is negative.
    static long number(RoutingContext context, String name, int most, int otherwise)
            throws Refusal {
        String text = context.request().getParam(name);
        if (text == null && otherwise >= 0) {
            return otherwise;
        }
        if (text == null || !text.matches("[0-9]{1,10}") || Long.parseLong(text) > most) {
            throw new Refusal(400, name + " is a number from 0 to " + most);
        }
        return Long.parseLong(text);
    }

    /// Why a call ended: a number of ITU-T Q.850, or the name of a cause. As calls do, where it is left out.
    static HangupCause cause(JsonObject body) throws Refusal {
        Object cause = body.getValue("cause");
        if (cause == null) {
            return HangupCause.NORMAL;
        }
        if (cause instanceof Integer number && number >= 0 && number <= 127) {
            return HangupCause.ofQ850(number);
        }
        for (HangupCause known : HangupCause.values()) {
            if (cause.equals(wireName(known))) {
                return known;
            }
        }
        throw new Refusal(400, "cause is a number of Q.850, or such as normal, busy, no-answer");
    }

    /// As a cause is called in requests and answers: `no-answer`.
    static String wireName(HangupCause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
