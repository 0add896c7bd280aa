package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.markup.Refusal;
import io.sandalphone.telephony.markup.RefusalLog;
import io.sandalphone.telephony.markup.Sender;
import io.sandalphone.telephony.stream.FormParameters;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/// Believes what comes from Telnyx and nothing else. What is signed is the body, and when: the address is not,
/// and neither is what stands in its query; so a request without a body is nobody's, and one that was seen
/// before, or was signed more than [#TOLERANCE] ago, is somebody's who listened.
///
/// Thread-safe: one serves every listener.
final class TelnyxGuard implements Sender {
    /// How far from our clock the time of a signature may lie, in seconds: what Telnyx' own libraries allow.
    static final long TOLERANCE = 300;

    /// What must hold of a request, for the log.
    static final String ADVICE =
            "request refused: its telnyx-signature-ed25519 does not hold. If it came from Telnyx,"
                + " telnyx.public-key must be the account's, the application must use POST, this"
                + " machine's clock must be right, and no proxy may change the body";

    private static final Pattern CALL = Pattern.compile("[A-Za-z0-9:._=-]{1,200}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}");

    private final TelnyxSignature signature;
    private final boolean verify;
    private final InstantSource clock;
    private final RefusalLog refusals;
    private final AccountId account;
    // A signature may be made for a time as far ahead.
    private final SeenSignatures seen = new SeenSignatures(2 * TOLERANCE);

    /// `publicKey` is the account's, by [TelnyxSignature#isKey].
    TelnyxGuard(
            String publicKey,
            boolean verify,
            InstantSource clock,
            RefusalLog refusals,
            AccountId account) {
        signature = new TelnyxSignature(publicKey);
        this.verify = verify;
        this.clock = clock;
        this.refusals = refusals;
        this.account = account;
    }

    @Override
    public boolean isGenuine(HttpServerRequest request, byte[] body) {
        if (!verify) {
            return true;
        }
        Optional<Refusal> refusal =
                refusal(
                        request.getHeader(TelnyxSignature.HEADER),
                        request.getHeader(TelnyxSignature.TIMESTAMP),
                        body);
        refusal.ifPresent(reason -> refusals.refused(request, request.path(), reason));
        return refusal.isEmpty();
    }

    private Optional<Refusal> refusal(
            @Nullable String given, @Nullable String timestamp, byte[] body) {
        if (given == null || timestamp == null) {
            return Optional.of(Refusal.SIGNATURE_MISSING);
        }
        boolean fits =
                body.length > 0
                        && SECONDS.matcher(timestamp).matches()
                        && signature.covers(given, timestamp, body);
        if (!fits) {
            return Optional.of(Refusal.SIGNATURE_WRONG);
        }
        long now = clock.instant().getEpochSecond();
        if (Math.abs(now - Long.parseLong(timestamp)) > TOLERANCE) {
            return Optional.of(Refusal.SIGNATURE_STALE);
        }
        return seen.isNew(given, now) ? Optional.empty() : Optional.of(Refusal.SIGNATURE_REPLAYED);
    }

    /// The key is the account's, so whatever is genuine is of its account.
    @Override
    public boolean isOurs(FormParameters parameters) {
        return parameters.get("AccountSid").filter(account::learn).isPresent();
    }

    @Override
    public boolean isCall(String text) {
        return isCallId(text);
    }

    /// Whether Telnyx could name a call so.
    static boolean isCallId(String text) {
        return CALL.matcher(text).matches();
    }
}
