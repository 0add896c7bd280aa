package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamProtocol.Admission;
import io.sandalphone.time.NanoClock;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Believes what comes from Twilio and nothing else. What is signed is the address that Twilio was
/// given, so it is reckoned from the public one, whatever proxies in front make of the request.
///
/// Thread-safe: one serves every listener.
final class TwilioGuard {
    private static final Logger log = LoggerFactory.getLogger(TwilioGuard.class);

    // Whoever guesses signatures must not fill the log.
    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

    private final TwilioSignature signature;
    private final PublicUrl publicUrl;
    private final boolean verify;
    private final TwilioMeters meters;
    private final NanoClock clock;
    private final AtomicLong unlogged = new AtomicLong();
    private final AtomicLong nextLog;

    TwilioGuard(
            TwilioSignature signature,
            PublicUrl publicUrl,
            boolean verify,
            TwilioMeters meters,
            NanoClock clock) {
        this.signature = signature;
        this.publicUrl = publicUrl;
        this.verify = verify;
        this.meters = meters;
        this.clock = clock;
        nextLog = new AtomicLong(clock.nanoTime());
    }

    /// Whether Twilio asks for a socket.
    Admission admit(HttpServerRequest upgrade) {
        if (!verify) {
            return Admission.ADMITTED;
        }
        String given = upgrade.getHeader(TwilioSignature.HEADER);
        if (given == null) {
            return Admission.NOT_MINE;
        }
        String url = publicUrl.socket(upgrade.uri());
        if (signature.coversSocket(given, url)) {
            return Admission.ADMITTED;
        }
        refused(upgrade, url, given);
        return Admission.REFUSED;
    }

    /// Whether a webhook with this body is Twilio's; `form` is what the body holds where it is a form,
    /// or null.
    boolean isGenuine(HttpServerRequest request, byte[] body, @Nullable FormParameters form) {
        if (!verify) {
            return true;
        }
        String given = request.getHeader(TwilioSignature.HEADER);
        String url = publicUrl.web(request.uri());
        boolean genuine =
                given != null
                        && (form == null
                                ? signature.coversBody(given, url, body)
                                : signature.covers(given, url, form));
        if (!genuine) {
            refused(request, url, given);
        }
        return genuine;
    }

    private void refused(HttpServerRequest request, String url, @Nullable String given) {
        (given == null ? meters.signatureMissing() : meters.signatureWrong()).increment();
        long count = unlogged.incrementAndGet();
        long now = clock.nanoTime();
        long next = nextLog.get();
        if (now - next < 0 || !nextLog.compareAndSet(next, now + LOG_PAUSE.toNanos())) {
            return;
        }
        unlogged.addAndGet(-count);
        log.atWarn()
                .addKeyValue("signature", given == null ? "missing" : "wrong")
                .addKeyValue("checked", url.replaceFirst("\\?.*", "?…"))
                .addKeyValue("host", request.authority())
                .addKeyValue("forwarded", request.getHeader("X-Forwarded-Host"))
                .addKeyValue("requests", count)
                .log(
                        "request refused: its X-Twilio-Signature is not over the address that was"
                            + " checked. If it came from Twilio, public-url must be scheme and host"
                            + " of the address that stands in Twilio's console, and"
                            + " twilio.auth-token the account's primary token");
    }
}
