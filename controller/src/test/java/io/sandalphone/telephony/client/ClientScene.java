package io.sandalphone.telephony.client;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.call.CallEvent;
import io.sandalphone.call.Meeting;
import io.sandalphone.config.Secret;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.time.Loop;
import io.sandalphone.time.VirtualLoop;
import io.sandalphone.web.TokenCheck;
import io.sandalphone.web.TokenMeters;
import io.vertx.core.json.JsonObject;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Clients at one gateway whose time passes when a test says so. A call that comes of a meeting begins
/// when the test says so, too; its legs can be heard and spoken to.
final class ClientScene {
    static final String CALL = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    static final Secret TOKEN = new Secret("an-operator's-token");
    static final Language EN = new Language("en");
    static final Language ES = new Language("es");

    final VirtualLoop loop = new VirtualLoop();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ClientMeters meters = ClientMeters.register(registry);
    final Tickets tickets = new Tickets(TOKEN, this::now);
    final ClientDoor door =
            new ClientDoor(
                    tickets,
                    new TokenCheck(TOKEN, TokenMeters.register(registry), System::nanoTime),
                    List.of(EN, ES));
    final FakeCalls calls = new FakeCalls();
    final List<Meeting> meetings = calls.meetings;
    boolean broken;
    final List<Arrival> arrivals = calls.arrivals;
    final List<Leg> legs = new ArrayList<>();
    final List<List<LegEvent>> events = new ArrayList<>();
    final Lobby lobby =
            new Lobby(
                    new ClientSettings(10, Duration.ofMinutes(10), Duration.ofSeconds(15)),
                    new ClientServer.CallSide(
                            loop,
                            this::join,
                            (_, leg) -> take(leg),
                            calls,
                            new CallTerms(
                                    EN,
                                    ES,
                                    true,
                                    false,
                                    Duration.ofSeconds(30),
                                    Duration.ofMinutes(60))),
                    tickets,
                    meters);

    Instant now() {
        return Instant.ofEpochMilli(loop.epochMillis());
    }

    private CallConnection join(String callId, Loop on, Leg caller, Leg destination) {
        take(caller);
        return take(destination);
    }

    private CallConnection take(Leg leg) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        legs.add(leg);
        List<LegEvent> told = new ArrayList<>();
        events.add(told);
        leg.listen(told::add);
        // Nobody asks it for anything.
        return (CallConnection)
                Proxy.newProxyInstance(
                        CallConnection.class.getClassLoader(),
                        new Class<?>[] {CallConnection.class},
                        (_, method, _) -> {
                            throw new AssertionError(method);
                        });
    }

    String ticket(Language language, Duration valid) {
        return tickets.write(
                new Ticket(
                        Tickets.newId(),
                        CALL,
                        language,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        now().plus(valid)));
    }

    String ticket(Language language) {
        return ticket(language, Duration.ofHours(1));
    }

    /// One client's connection.
    final class Client {
        final FakeWire wire = new FakeWire();
        final ClientConnection connection = new ClientConnection(loop, wire, door, lobby, meters);

        Client say(JsonObject message) {
            return say(message.encode());
        }

        Client say(String message) {
            connection.text(message);
            loop.settle();
            return this;
        }

        Client init(String ticket, String... more) {
            JsonObject message = initOf(ticket);
            for (int i = 0; i < more.length; i += 2) {
                message.put(more[i], more[i + 1]);
            }
            return say(message);
        }

        Client binary(byte[] pcm) {
            connection.binary(pcm);
            loop.settle();
            return this;
        }

        Client closes(int code) {
            connection.closedBy(code);
            loop.settle();
            return this;
        }
    }

    static JsonObject initOf(String ticket) {
        return new JsonObject()
                .put("type", "init")
                .put("callId", CALL)
                .put("languageHint", "auto")
                .put("states", true)
                .put("ticket", ticket);
    }

    Client connect() {
        return new Client();
    }

    /// Two clients who met; their call has begun.
    List<Client> talking() {
        Client first = connect().init(ticket(EN));
        Client second = connect().init(ticket(ES));
        callIs("talking");
        return List.of(first, second);
    }

    void callIs(String state) {
        callIs(Lobby.callOf(CALL), state);
    }

    void callIs(String id, String state) {
        calls.is(id, state);
        lobby.on(new CallEvent.StateChanged(id, state, 0));
        loop.settle();
    }

    void callEnds() {
        legs.forEach(leg -> leg.hangUp(HangupCause.NORMAL));
        lobby.on(new CallEvent.Ended(Lobby.callOf(CALL), "completed", "caller-hung-up", 0));
        loop.settle();
    }

    double faults(String reason) {
        return registry.get("sandalphone.client.faults").tag("reason", reason).counter().count();
    }

    double count(String name, String... tags) {
        return registry.get("sandalphone.client." + name).tags(tags).counter().count();
    }
}
