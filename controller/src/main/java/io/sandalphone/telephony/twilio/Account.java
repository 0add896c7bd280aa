package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamEndpoint;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// What all legs of one Twilio account share: its settings, the way to Twilio, and which leg is meant by
/// what Twilio says. Thread-safe.
final class Account {
    private final TwilioSettings settings;
    private final PublicUrl publicUrl;
    private final RestApi rest;
    private final CallRate rate;
    private final StreamTokens<TwilioLeg> tokens;
    private final RandomGenerator chance;
    private final TwilioMeters meters;
    private final StreamMeters streamMeters;
    private final Map<String, TwilioLeg> bySid = new ConcurrentHashMap<>();
    private final Map<String, DialedLeg> byKey = new ConcurrentHashMap<>();
    private volatile @Nullable String unavailableReason;

    Account(
            TwilioSettings settings,
            PublicUrl publicUrl,
            RestApi rest,
            CallRate rate,
            StreamTokens<TwilioLeg> tokens,
            RandomGenerator chance,
            TwilioMeters meters,
            StreamMeters streamMeters) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.rest = rest;
        this.rate = rate;
        this.tokens = tokens;
        this.chance = chance;
        this.meters = meters;
        this.streamMeters = streamMeters;
    }

    TwilioSettings settings() {
        return settings;
    }

    RestApi rest() {
        return rest;
    }

    CallRate rate() {
        return rate;
    }

    StreamTokens<TwilioLeg> tokens() {
        return tokens;
    }

    RandomGenerator chance() {
        return chance;
    }

    TwilioMeters meters() {
        return meters;
    }

    StreamMeters streamMeters() {
        return streamMeters;
    }

    /// The document by which the sound of `leg` comes to us.
    String streamDocument(TwilioLeg leg) {
        return Twiml.stream(
                publicUrl.socket(StreamEndpoint.PATH),
                tokens.issue(leg),
                leg.context().room(),
                tokens.issue(leg));
    }

    /// Whether another leg of the same call has lost its stream. Asked on the call's loop.
    boolean isOtherLost(TwilioLeg leg) {
        String call = leg.context().callId();
        return bySid.values().stream()
                .anyMatch(
                        other ->
                                other != leg
                                        && other.context().callId().equals(call)
                                        && other.phase() == TwilioLeg.Phase.LOST);
    }

    /// Where Twilio reports what becomes of the leg that has `key`.
    String statusUrl(String key) {
        return publicUrl.web(TwilioWebhooks.STATUS + "?" + TwilioWebhooks.LEG + "=" + key);
    }

    /// Where Twilio reports who answered.
    String machineUrl() {
        return publicUrl.web(TwilioWebhooks.MACHINE);
    }

    /// From now on `callSid` is the call of `leg`.
    void learn(String callSid, TwilioLeg leg) {
        bySid.put(callSid, leg);
    }

    /// From now on reports with `key` are of `leg`.
    void expect(String key, DialedLeg leg) {
        byKey.put(key, leg);
    }

    Optional<TwilioLeg> bySid(String callSid) {
        return Optional.ofNullable(bySid.get(callSid));
    }

    Optional<DialedLeg> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// Nothing more is expected of `leg`.
    void forget(TwilioLeg leg) {
        tokens.withdraw(leg);
        String sid = leg.callSid();
        if (sid != null) {
            bySid.remove(sid, leg);
        }
        if (leg instanceof DialedLeg dialed) {
            byKey.remove(dialed.key(), dialed);
        }
    }

    /// How many legs are known.
    int legs() {
        return bySid.size();
    }

    /// Twilio answered, so the credentials are right, or refused them.
    void credentialsAccepted(boolean accepted) {
        unavailableReason =
                accepted ? null : "Twilio does not accept twilio.account-sid and twilio.auth-token";
    }

    Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }
}
