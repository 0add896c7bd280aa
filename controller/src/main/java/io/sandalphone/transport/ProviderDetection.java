package io.sandalphone.transport;

import io.sandalphone.telephony.markup.MarkupCarrier;
import io.sandalphone.telephony.markup.Webhooks;
import io.sandalphone.telephony.stream.LogPauses;
import io.sandalphone.telephony.telnyx.TelnyxAnswering;
import io.sandalphone.telephony.twilio.TwilioAnswering;
import io.sandalphone.time.NanoClock;
import io.sandalphone.web.RequestBody;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One address for the webhooks of all carriers: which one asks is told by the header of its signature, and whether the signature
/// holds is for that carrier to say. Runs on the HTTP server's loop.
final class ProviderDetection {
    /// The address.
    static final String PATH = "/voice";

    private final Map<Provider, MarkupCarrier> carriers;
    private final Consumer<SipTransportError> errors;
    private final LogPauses<Unknown> pauses = new LogPauses<>(Unknown.class, NanoClock.system());

    // Anybody can cause it, so it is told once a second.
    private enum Unknown {
        UNKNOWN
    }

    /// `carriers` are those of which there are numbers.
    ProviderDetection(
            Map<Provider, ? extends MarkupCarrier> carriers, Consumer<SipTransportError> errors) {
        this.carriers = Map.copyOf(carriers);
        this.errors = errors;
    }

    void mount(Router router) {
        // Carriers can be told to use GET.
        router.route(PATH)
                .method(HttpMethod.POST)
                .method(HttpMethod.GET)
                .handler(new RequestBody(Webhooks.LONGEST_BODY))
                .handler(this::asked);
    }

    private void asked(RoutingContext context) {
        Optional<MarkupCarrier> asking = detect(context.request()).map(carriers::get);
        if (asking.isPresent()) {
            asking.get().arrives(context);
            return;
        }
        if (pauses.due(Unknown.UNKNOWN) > 0) {
            errors.accept(
                    new ProviderDetectionError(
                            "a webhook bears the signature of no carrier that is known here"));
        }
        context.response().setStatusCode(403).end("not known which carrier this is of\n");
    }

    private static Optional<Provider> detect(HttpServerRequest request) {
        if (request.headers().contains(TwilioAnswering.signatureHeader())) {
            return Optional.of(Provider.TWILIO);
        }
        return request.headers().contains(TelnyxAnswering.signatureHeader())
                ? Optional.of(Provider.TELNYX)
                : Optional.empty();
    }
}
