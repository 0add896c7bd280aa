package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamMeters;
import io.sandalphone.telephony.stream.StreamTokens;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// What all legs of one account at a carrier share: the way to the carrier, and which leg is meant by what
/// it says. Thread-safe.
public final class Account {
    private static final Logger log = LoggerFactory.getLogger(Account.class);

    /// How many calls are remembered that are over, so that a webhook that is shown again begins no new one.
    private static final int MOST_OVER = 10_000;

    /// How many requests in a row without an answer are worth a line.
    private static final int UNANSWERED_TOLD = 3;

    private final Dialect dialect;
    private final PublicUrl publicUrl;
    private final WaysBack waysBack;
    private final CallRate rate;
    private final StreamTokens<MarkupLeg> tokens;
    private final RandomGenerator chance;
    private final MarkupMeters meters;
    private final StreamMeters streamMeters;
    private final Map<String, MarkupLeg> byId = new ConcurrentHashMap<>();
    private final Map<String, DialedLeg> byKey = new ConcurrentHashMap<>();
    private final Set<String> over =
            Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > MOST_OVER;
                        }
                    });
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile @Nullable String unavailableReason;

    public Account(
            Dialect dialect,
            PublicUrl publicUrl,
            WaysBack waysBack,
            CallRate rate,
            StreamTokens<MarkupLeg> tokens,
            RandomGenerator chance,
            MarkupMeters meters,
            StreamMeters streamMeters) {
        this.dialect = dialect;
        this.publicUrl = publicUrl;
        this.waysBack = waysBack;
        this.rate = rate;
        this.tokens = tokens;
        this.chance = chance;
        this.meters = meters;
        this.streamMeters = streamMeters;
    }

    Dialect dialect() {
        return dialect;
    }

    CallRate rate() {
        return rate;
    }

    /// The words that open streams of legs.
    public StreamTokens<MarkupLeg> tokens() {
        return tokens;
    }

    RandomGenerator chance() {
        return chance;
    }

    MarkupMeters meters() {
        return meters;
    }

    StreamMeters streamMeters() {
        return streamMeters;
    }

    /// The document by which the sound of `leg` comes to us.
    String streamDocument(MarkupLeg leg) {
        String room = leg.context().room();
        Afterwards afterwards =
                leg.elsewhere()
                        .map(partner -> elsewhere(partner, room))
                        .orElseGet(() -> new Afterwards.Room(room, secondToken(leg)));
        String token = tokens.issue(leg);
        leg.offered(token);
        return dialect.streamDocument(leg.streamAddress(), token, afterwards);
    }

    private String secondToken(MarkupLeg leg) {
        String token = SecondToken.of(leg.context());
        tokens.issue(leg, token);
        return token;
    }

    private Afterwards elsewhere(String partner, String room) {
        return waysBack.to(partner)
                .<Afterwards>map(address -> new Afterwards.WayBack(address.uri(room)))
                .orElseGet(Afterwards.Farewell::new);
    }

    /// Whether another leg of the same call has lost its stream. Asked on the call's loop.
    boolean isOtherLost(MarkupLeg leg) {
        String call = leg.context().callId();
        return byId.values().stream()
                .anyMatch(
                        other ->
                                other != leg
                                        && other.context().callId().equals(call)
                                        && other.phase() == MarkupLeg.Phase.LOST);
    }

    /// Where the carrier reports what becomes of the leg that has `key`.
    String statusUrl(String key) {
        return publicUrl.web(Webhooks.statusPath(dialect.name()) + "?" + Webhooks.LEG + "=" + key);
    }

    /// Where the carrier reports who answered.
    String machineUrl() {
        return publicUrl.web(Webhooks.machinePath(dialect.name()));
    }

    /// From now on `callId` is the call of `leg`.
    void learn(String callId, MarkupLeg leg) {
        byId.put(callId, leg);
    }

    /// From now on reports with `key` are of `leg`.
    void expect(String key, DialedLeg leg) {
        byKey.put(key, leg);
    }

    Optional<MarkupLeg> byId(String callId) {
        return Optional.ofNullable(byId.get(callId));
    }

    Optional<DialedLeg> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// Nothing more is expected of `leg`.
    void forget(MarkupLeg leg) {
        tokens.withdraw(leg);
        String id = leg.callId();
        if (id != null) {
            synchronized (over) {
                over.add(id);
            }
            byId.remove(id, leg);
        }
        if (leg instanceof DialedLeg dialed) {
            byKey.remove(dialed.key(), dialed);
        }
    }

    /// Whether a leg had `callId` and is over. Of the last calls only.
    boolean isOver(String callId) {
        synchronized (over) {
            return over.contains(callId);
        }
    }

    /// The carrier answered a request that may be made again, or did not: that is told once, when it
    /// begins and when it ends.
    void answered(boolean answered) {
        if (!answered && unanswered.incrementAndGet() == UNANSWERED_TOLD) {
            log.atWarn()
                    .addKeyValue("carrier", dialect.name())
                    .log("carrier answers no requests, they are made again and again");
        } else if (answered && unanswered.getAndSet(0) >= UNANSWERED_TOLD) {
            log.atInfo().addKeyValue("carrier", dialect.name()).log("carrier answers again");
        }
    }

    /// How many legs are known.
    int legs() {
        return byId.size();
    }

    /// The carrier answered, so the credentials are right, or refused them.
    void credentialsAccepted(boolean accepted) {
        unavailableReason = accepted ? null : dialect.credentialsRefused();
    }

    Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }
}
