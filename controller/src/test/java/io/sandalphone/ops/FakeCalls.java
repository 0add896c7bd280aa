package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;
import io.sandalphone.call.CallRequest;
import io.sandalphone.call.CallView;
import io.sandalphone.call.Calls;
import io.sandalphone.call.Placement;
import io.sandalphone.cost.CostCap;
import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.input.HeardLevel;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.Spans;
import io.vertx.core.Future;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Calls that exist because a test says so. Remembers what was asked for; refuses, or breaks, when
/// told to.
final class FakeCalls implements Calls {
    final List<CallView> live = new CopyOnWriteArrayList<>();

    /// Whose speech is to be interpreted in which call, or no more.
    record Switched(String call, Set<Party> speakers, boolean on) {}

    final ConcurrentLinkedQueue<Switched> switched = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<CallRequest> asked = new ConcurrentLinkedQueue<>();
    private final List<CallObserver> observers = new CopyOnWriteArrayList<>();
    volatile Future<Placement> next = Future.succeededFuture(new Placement.Placed("7f3"));

    static final Costs COSTS =
            new Costs(
                    new Spending(
                            Duration.ofMillis(12_340),
                            56,
                            78,
                            90,
                            12,
                            new BigDecimal("0.00091234567")),
                    Currency.getInstance("USD"),
                    Optional.of(CostCap.PER_CALL));

    /// Those of an utterance that was translated ahead.
    static final Spans SPANS =
            new Spans(800, 410L, 1110L, 1010L, 1090L, 1090L, 1190L, 1200, 1260L, 2000L);

    /// A call that began `millis` after the epoch.
    static CallView call(String id, long millis) {
        return new CallView(
                id,
                "talking",
                millis,
                CallView.Direction.INBOUND,
                "+15551230009",
                "+525512345678",
                new Language("en"),
                new Language("es"),
                true,
                false,
                true,
                4,
                Set.of(Party.CALLER),
                Set.of(Party.DESTINATION),
                COSTS,
                SPANS,
                Optional.of(new HeardLevel(-23.46, true, 3)),
                Optional.empty());
    }

    void tell(CallEvent event) {
        observers.forEach(observer -> observer.on(event));
    }

    @Override
    public Set<String> carriers() {
        return Set.of("voipms", "twilio");
    }

    @Override
    public List<CallView> sessions() {
        return List.copyOf(live);
    }

    @Override
    public Costs costsToday() {
        return COSTS;
    }

    @Override
    public Future<Placement> originate(CallRequest request) {
        asked.add(request);
        return next;
    }

    @Override
    public boolean hangUp(String callId) {
        return live.removeIf(call -> call.id().equals(callId));
    }

    @Override
    public int hangUpAll() {
        int count = live.size();
        live.clear();
        return count;
    }

    @Override
    public boolean interpret(String callId, Set<Party> speakers, boolean on) {
        switched.add(new Switched(callId, speakers, on));
        return live.stream().anyMatch(call -> call.id().equals(callId));
    }

    @Override
    public void observe(CallObserver observer) {
        observers.add(observer);
    }
}
