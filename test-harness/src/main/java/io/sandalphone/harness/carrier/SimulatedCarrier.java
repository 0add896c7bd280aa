package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.harness.sip.SipPhone;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A carrier of media streams: its telephones, its numbers with their webhooks, its calls and rooms,
/// and its REST API. It speaks with the servers under test as the real one does, and has no other
/// connection with them.
///
/// Thread-safe. All of it happens on one event loop, which its public methods must not be called on.
/// Sound is paced by the machine's clock; where it is in a recording depends on the number of frames
/// alone.
public abstract class SimulatedCarrier implements AutoCloseable {
    private final Vertx vertx;
    private final EventLoop loop;
    private final Dialect dialect;
    private final CarrierTimes times;
    private final Journal journal = new Journal();
    private final CarrierFaults faults;
    private final Reach reach = new Reach();
    private final Webhooks webhooks;
    private final Callbacks callbacks;
    private final WebSocketClient sockets;
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final Map<String, IncomingNumber> numbers = new ConcurrentHashMap<>();
    private final Map<String, SimulatedCall> calls = new LinkedHashMap<>();
    private final Map<String, Room> rooms = new HashMap<>();
    private volatile @Nullable StreamPlayer player;
    private volatile @Nullable SipPhone sip;

    protected SimulatedCarrier(
            Vertx vertx, Dialect dialect, CarrierFaults faults, CarrierTimes times) {
        this.vertx = vertx;
        this.dialect = dialect;
        this.faults = faults;
        this.times = times;
        loop = new EventLoop(vertx.getOrCreateContext());
        webhooks = new Webhooks(vertx, reach, dialect, faults, times);
        callbacks = new Callbacks(vertx, webhooks, faults, journal);
        sockets = StreamSocket.client(vertx);
    }

    /// Where its REST API is: scheme, host and port.
    public abstract URI api();

    /// What came to pass so far.
    public Journal journal() {
        return journal;
    }

    /// What goes wrong.
    public CarrierFaults faults() {
        return faults;
    }

    /// Where the hosts of documents really are.
    public Reach reach() {
        return reach;
    }

    /// The streams of calls from now on are played by `player`: their telephones neither speak nor hear.
    public void streamsBy(StreamPlayer player) {
        this.player = player;
    }

    /// From now on a document's call to one `sip:` address that no telephone here has is a real one, which `line` makes.
    /// It stays the caller's to close.
    public void sipBy(SipPhone line) {
        sip = line;
    }

    /// The telephone with `number` (E.164, or a `sip:` address), which comes into being when it is first
    /// asked for.
    public Phone phone(String number) {
        return phones.computeIfAbsent(number, Phone::new);
    }

    /// The account has `number` from now on; one it has already is set anew.
    public void number(IncomingNumber number) {
        numbers.put(number.number(), number);
    }

    /// The account's numbers.
    public List<IncomingNumber> numbers() {
        return List.copyOf(numbers.values());
    }

    /// `caller` calls `number`, one of the account's.
    public SimulatedCall call(Phone caller, String number) {
        return call(caller, number, Optional.empty());
    }

    /// The same, for a call that was first meant for `forwardedFrom` and was forwarded from there.
    public SimulatedCall call(Phone caller, String number, Optional<String> forwardedFrom) {
        IncomingNumber called = numbers.get(number);
        if (called == null) {
            throw new IllegalArgumentException("the account has no such number");
        }
        return onLoop(
                () -> {
                    var identity =
                            new CallIdentity(
                                    dialect.newCallId(),
                                    "inbound",
                                    caller.number(),
                                    number,
                                    null,
                                    forwardedFrom.orElse(null));
                    var call = new SimulatedCall(this, identity, caller);
                    if (!caller.take(call)) {
                        throw new IllegalStateException("the telephone is in another call");
                    }
                    calls.put(call.id(), call);
                    String statusUrl = called.statusUrl();
                    if (statusUrl != null) {
                        call.whenOver(
                                () ->
                                        callback(
                                                call,
                                                statusUrl,
                                                "POST",
                                                dialect.progress(call, call.currentStatus(), 0)));
                    }
                    call.move(CallStatus.RINGING);
                    fetch(call, Sources.of(called), Map.of());
                    return call;
                });
    }

    /// The calls that there are or were, in the order in which they began.
    public List<SimulatedCall> calls() {
        return onLoop(() -> List.copyOf(calls.values()));
    }

    /// The calls that go on.
    public List<SimulatedCall> liveCalls() {
        return onLoop(
                () ->
                        calls.values().stream()
                                .filter(each -> !each.currentStatus().ended())
                                .toList());
    }

    /// Forgets the calls that are over, what was heard in them, and what came to pass so far, as in a run of hours nobody looks at it
    /// again.
    public void forgetEnded() {
        run(() -> calls.values().removeIf(each -> each.currentStatus().ended()));
        phones.values().forEach(Phone::forgetEnded);
        journal.forget();
    }

    /// How many status callbacks are on their way, or yet to be sent.
    public int pendingCallbacks() {
        return onLoop(callbacks::pending);
    }

    /// How many parties the conference room `name` has.
    public int roomSize(String name) {
        return onLoop(
                () -> {
                    Room room = rooms.get(name);
                    return room == null ? 0 : room.size();
                });
    }

    /// Ends all calls and lets go of all connections.
    @Override
    public void close() {
        onLoop(
                () -> {
                    List.copyOf(calls.values()).forEach(call -> call.end(CallStatus.COMPLETED));
                    return true;
                });
        webhooks.close();
        EventLoop.join(sockets.close().toCompletionStage().toCompletableFuture());
    }

    // What follows is for the carriers' own packages and for the loop.

    final Vertx vertx() {
        return vertx;
    }

    /// How long things take.
    final CarrierTimes times() {
        return times;
    }

    final Dialect dialect() {
        return dialect;
    }

    final WebSocketClient sockets() {
        return sockets;
    }

    /// Who plays streams in place of the telephones.
    final Optional<StreamPlayer> player() {
        return Optional.ofNullable(player);
    }

    /// What makes the calls of `dial`, where they leave the carrier.
    final Optional<SipPhone> sipLine(Verb.Dial dial) {
        boolean leaves =
                dial.parties().size() == 1
                        && dial.parties().getFirst().sip()
                        && existing(dial.parties().getFirst().address()).isEmpty();
        return leaves ? Optional.ofNullable(sip) : Optional.empty();
    }

    /// Does `task` on the loop, soon.
    final void later(Runnable task) {
        loop.context().runOnContext(_ -> task.run());
    }

    /// Does `action` on the loop and waits for it.
    final <T> T onLoop(Callable<T> action) {
        return loop.call(action);
    }

    /// Does `task` on the loop and waits for it.
    final void run(Runnable task) {
        loop.run(task);
    }

    final void after(Duration delay, Runnable task) {
        vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
    }

    /// Starts the REST API; to be called once, by a constructor.
    protected final RestServer serve(RestServer.Api api, int port) {
        return RestServer.listen(vertx, loop, port, api, faults, journal);
    }

    /// What the REST API may do.
    protected final CallControl control() {
        return new LoopControl();
    }

    final void note(SimulatedCall call, What what, int code, String detail) {
        journal.note(call.id(), what, code, detail);
    }

    /// Tells `url` of `call`: its parameters, and `more`.
    final void callback(SimulatedCall call, String url, String method, Map<String, String> more) {
        callbacks.send(call, url, method, with(dialect.parameters(call), more));
    }

    private static Map<String, String> with(Map<String, String> first, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(more);
        return all;
    }

    final Room room(String name) {
        return rooms.computeIfAbsent(name, Room::new);
    }

    final void forget(Room room) {
        if (room.size() == 0) {
            rooms.remove(room.name(), room);
        }
    }

    final Optional<String> roomOf(SimulatedCall call) {
        return call.activity()
                .filter(RoomActivity.class::isInstance)
                .map(each -> ((RoomActivity) each).roomName());
    }

    /// Gets the document of `call` from `sources` and has it run; when there is none, the call ends.
    final void fetch(SimulatedCall call, Sources sources, Map<String, String> more) {
        if (sources.links().isEmpty()) {
            runLast(call, sources);
            return;
        }
        Verb.Link link = sources.links().getFirst();
        Sources rest =
                new Sources(sources.links().subList(1, sources.links().size()), sources.last());
        note(call, What.WEBHOOK, 0, link.url());
        webhooks.send(link.url(), link.method(), with(dialect.parameters(call), more))
                .onSuccess(answer -> answered(call, link, rest, answer))
                .onFailure(
                        failure ->
                                failed(
                                        call,
                                        link,
                                        rest,
                                        11205,
                                        String.valueOf(failure.getMessage())));
    }

    private void answered(
            SimulatedCall call, Verb.Link link, Sources rest, Webhooks.Answer answer) {
        if (call.currentStatus().ended()) {
            return;
        }
        if (!answer.ok()) {
            failed(call, link, rest, 11200, "HTTP " + answer.status());
            return;
        }
        try {
            call.run(Document.parse(answer.body(), dialect.grammar()));
        } catch (Document.MalformedException e) {
            failed(call, link, rest, 12100, String.valueOf(e.getMessage()));
        }
    }

    private void failed(SimulatedCall call, Verb.Link link, Sources rest, int code, String detail) {
        if (call.currentStatus().ended()) {
            return;
        }
        note(call, What.DOCUMENT, code, detail);
        fetch(call, rest, Map.of("ErrorCode", Integer.toString(code), "ErrorUrl", link.url()));
    }

    private void runLast(SimulatedCall call, Sources sources) {
        if (sources.last().isEmpty()) {
            // The real one says a sentence about an application error.
            call.end(CallStatus.FAILED);
            return;
        }
        runInline(call, sources.last().get());
    }

    /// Runs a document that stands at the carrier, or came with a request.
    final void runInline(SimulatedCall call, String xml) {
        try {
            call.run(Document.parse(xml, dialect.grammar()));
        } catch (Document.MalformedException e) {
            note(call, What.DOCUMENT, 12100, String.valueOf(e.getMessage()));
            call.end(CallStatus.FAILED);
        }
    }

    /// Makes a call for the document of `parent`.
    ///
    /// @param answered done when it was answered
    /// @param ended done when it is over, answered or not
    final SimulatedCall dial(
            SimulatedCall parent,
            CallOrder order,
            Runnable answered,
            Consumer<SimulatedCall> ended) {
        SimulatedCall call = outgoing("outbound-dial", order, parent.id());
        call.whenOver(() -> ended.accept(call));
        new OutgoingCall(this, call, order, answered).begin(Duration.ZERO);
        return call;
    }

    private SimulatedCall outgoing(String direction, CallOrder order, @Nullable String parent) {
        var identity =
                new CallIdentity(
                        dialect.newCallId(), direction, order.from(), order.to(), parent, null);
        Phone phone = phones.get(order.to());
        var call = new SimulatedCall(this, identity, phone);
        calls.put(call.id(), call);
        call.move(CallStatus.QUEUED);
        return call;
    }

    /// The telephone with `number`, if there is one.
    final Optional<Phone> existing(String number) {
        return Optional.ofNullable(phones.get(number));
    }

    private final class LoopControl implements CallControl {
        @Override
        public SimulatedCall make(CallOrder order, Duration delay) {
            SimulatedCall call = outgoing("outbound-api", order, null);
            new OutgoingCall(SimulatedCarrier.this, call, order).begin(delay);
            return call;
        }

        @Override
        public Optional<SimulatedCall> find(String id) {
            return Optional.ofNullable(calls.get(id));
        }

        @Override
        public List<IncomingNumber> numbers() {
            return SimulatedCarrier.this.numbers();
        }

        @Override
        public void end(SimulatedCall call, CallStatus status) {
            call.end(status);
        }

        @Override
        public void redirect(SimulatedCall call, String xml) {
            runInline(call, xml);
        }

        @Override
        public void redirect(SimulatedCall call, String url, String method) {
            fetch(call, new Sources(new Verb.Link(url, method)), Map.of());
        }
    }
}
