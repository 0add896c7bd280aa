package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;
import io.sandalphone.call.CallView;
import io.sandalphone.call.ClientCalls;
import io.sandalphone.call.Meeting;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegJoiner;
import io.sandalphone.time.Loop;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All rooms there are, and what they have in common; and the way to those who stand by. Thread-safe.
final class Lobby implements CallObserver {
    private final ClientSettings settings;
    private final CallTerms terms;
    private final Loop loop;
    private final Joiner joiner;
    private final ClientCalls calls;
    private final LegJoiner legJoiner;
    private final Tickets tickets;
    private final ClientMeters meters;
    private final Switchboard switchboard;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    Lobby(
            ClientSettings settings,
            ClientServer.CallSide calls,
            Tickets tickets,
            ClientMeters meters) {
        this.settings = settings;
        terms = calls.terms();
        loop = calls.loop();
        joiner = calls.joiner();
        this.calls = calls.calls();
        legJoiner = calls.legJoiner();
        this.tickets = tickets;
        this.meters = meters;
        switchboard = new Switchboard(loop, settings, this.calls, meters);
    }

    /// Where clients stand by.
    Switchboard switchboard() {
        return switchboard;
    }

    ClientSettings settings() {
        return settings;
    }

    CallTerms terms() {
        return terms;
    }

    Joiner joiner() {
        return joiner;
    }

    /// The id under which operators see the call of a `callId`: the same UUID, in lower case and without
    /// hyphens, as ids of calls are ([io.sandalphone.telephony.CallIds#next]).
    static String callOf(String callId) {
        return callId.toLowerCase(Locale.ROOT).replace("-", "");
    }

    /// Leads somebody to the room of their call, or to where they stand by, which answers.
    void enter(Entrance entrance) {
        if (entrance.pass().standby().isPresent()) {
            switchboard.enter(entrance);
            return;
        }
        String id = callOf(entrance.pass().callId());
        Room room = rooms.computeIfAbsent(id, call -> new Room(call, loop, this, meters));
        room.loop()
                .execute(
                        () -> {
                            if (room.isClosed()) {
                                // It closed between the look and the step in.
                                enter(entrance);
                            } else {
                                room.enter(entrance);
                            }
                        });
    }

    void meet(Meeting meeting) {
        calls.met(meeting);
    }

    /// Who came without a ticket, by the operator's token, calls whom operators may call.
    void callOut(Arrival arrival, Pass pass) {
        Optional<CallTerms> operator =
                pass.until().isPresent() ? Optional.empty() : Optional.of(terms);
        calls.called(arrival, pass.language(), operator);
    }

    /// A live call.
    Optional<CallView> find(String call) {
        return calls.find(call);
    }

    /// Joins a caller with whom their call is routed to.
    CallConnection connect(LegContext context, Leg caller) {
        return legJoiner.join(context, caller);
    }

    boolean isUsed(Pass pass) {
        return tickets.isUsed(pass.id());
    }

    /// The call of this pass takes place: it lets nobody in any more once that is over.
    void use(Pass pass) {
        pass.until().ifPresent(until -> tickets.use(pass.id(), until));
    }

    void closed(String id, Room room) {
        rooms.remove(id, room);
    }

    /// How many rooms there are.
    int size() {
        return rooms.size();
    }

    /// On the loop of the call, which is its room's.
    @Override
    public void on(CallEvent event) {
        Room room = rooms.get(event.callId());
        if (room != null) {
            room.on(event);
        }
        switchboard.on(event);
    }
}
