package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.Meeting;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where the people of one call come together. The first one waits; the second makes it a call, of which
/// the first is the caller. Waiting is no call yet: it takes no place of one, and both languages are known
/// when it becomes one. Who calls a number is the caller of a call at once. Runs on the call's loop.
final class Room {
    private static final Logger log = LoggerFactory.getLogger(Room.class);

    private record Seat(Entrance entrance, ClientLeg leg) {
        Pass pass() {
            return entrance.pass();
        }
    }

    private final String id;
    private final Loop loop;
    private final Lobby lobby;
    private final ClientMeters meters;
    private final List<Seat> seats = new ArrayList<>();
    private boolean begun;
    private boolean closed;
    private Loop.Timer patience = () -> {};

    /// `id` is that of the call that will be.
    Room(String id, Loop loop, Lobby lobby, ClientMeters meters) {
        this.id = id;
        this.loop = loop;
        this.lobby = lobby;
        this.meters = meters;
    }

    Loop loop() {
        return loop;
    }

    /// Whether the call is over, and this is no room any more.
    boolean isClosed() {
        return closed;
    }

    void enter(Entrance entrance) {
        Optional<Seat> own =
                seats.stream()
                        .filter(seat -> seat.pass().id().equals(entrance.pass().id()))
                        .findFirst();
        try {
            if (own.isPresent()) {
                comeBack(own.get(), entrance);
            } else {
                sitDown(entrance);
            }
        } catch (ClientFault fault) {
            closeIfEmpty();
            entrance.answer().refused(fault);
        }
    }

    /// Who has the ticket, but not the word that the client in the seat gave, comes in only where nobody
    /// is connected.
    private void comeBack(Seat seat, Entrance entrance) throws ClientFault {
        boolean proven = seat.entrance().isSameClient(entrance);
        if (!proven && seat.leg().isConnected()) {
            throw ClientFault.seatTaken();
        }
        entrance.wire().text(entrance.words().ready());
        entrance.answer().accepted(seat.leg());
        seat.leg().resume(entrance.wire(), entrance.format());
        if (begun) {
            tellTalking(seat);
        } else {
            seat.leg().sayState(seat.leg().words().state("waiting"));
        }
    }

    private void sitDown(Entrance entrance) throws ClientFault {
        if (lobby.isUsed(entrance.pass())) {
            throw new ClientFault(
                    ClientFault.Kind.TICKET_USED,
                    "the call of this ticket is over: ask whoever sent the link for a new one");
        }
        if (begun || seats.size() == 2) {
            throw new ClientFault(
                    ClientFault.Kind.CALL_FULL,
                    "two people are in this call already: use a callId of your own");
        }
        entrance.wire().text(entrance.words().ready());
        var leg =
                new ClientLeg(
                        loop,
                        entrance.words(),
                        entrance.wire(),
                        entrance.format(),
                        lobby.settings().resumeTimeout(),
                        meters,
                        this::changed);
        seats.add(new Seat(entrance, leg));
        entrance.answer().accepted(leg);
        if (entrance.pass().to().isPresent()) {
            callOut(leg, entrance.pass(), entrance.pass().to().get());
        } else if (seats.size() == 2) {
            meet();
        } else {
            await(leg);
        }
    }

    /// One person calls a number, as from any phone; the terms of its route hold, but for the caller's
    /// language, which is known.
    private void callOut(ClientLeg leg, Pass pass, String number) {
        begun = true;
        // No carrier would join the legs of this call in a room: its caller has none but us.
        var context = new LegContext(id, Party.CALLER, loop, Tickets.newId());
        log.atInfo().addKeyValue("call", id).log("client calls");
        var arrival =
                new Arrival(
                        id,
                        number,
                        CallerId.received(pass.from().orElse(null), null),
                        List.of(),
                        _ -> lobby.connect(context, leg));
        handUp(() -> lobby.callOut(arrival, pass));
    }

    /// A call that nobody takes ends for those who are in it.
    private void handUp(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            log.atError()
                    .addKeyValue("call", id)
                    .setCause(fault)
                    .log("call of clients could not be begun");
            seats.forEach(seat -> seat.leg().hangUp(HangupCause.FAILURE));
            close();
        }
    }

    private void await(ClientLeg leg) {
        meters.waiting().incrementAndGet();
        leg.sayState(leg.words().state("waiting"));
        patience =
                loop.schedule(
                        lobby.settings().waitTimeout(),
                        () ->
                                leg.turnAway(
                                        new ClientFault(
                                                ClientFault.Kind.NOBODY_CAME,
                                                "nobody came to this call: open the link again when"
                                                        + " the other person is there")));
    }

    private void stopWaiting() {
        patience.cancel();
        meters.waiting().decrementAndGet();
    }

    private void meet() {
        stopWaiting();
        begun = true;
        Seat caller = seats.getFirst();
        Seat destination = seats.getLast();
        CallTerms usual = lobby.terms();
        var terms =
                new CallTerms(
                        caller.pass().language(),
                        destination.pass().language(),
                        true,
                        true,
                        usual.ringTimeout(),
                        usual.maxDuration());
        log.atInfo().addKeyValue("call", id).log("two clients met");
        handUp(
                () ->
                        lobby.meet(
                                new Meeting(
                                        id,
                                        lobby.joiner()
                                                .join(id, loop, caller.leg(), destination.leg()),
                                        terms)));
    }

    /// Somebody lost their connection, came back, or ended.
    private void changed(ClientLeg leg) {
        if (!begun) {
            if (seats.removeIf(seat -> seat.leg().hasEnded())) {
                stopWaiting();
                closeIfEmpty();
            }
        } else if (!leg.hasEnded()) {
            String state = leg.isConnected() ? "other-back" : "other-lost";
            sayToAll(other -> other.equals(leg) ? "" : state);
        }
    }

    /// Tells each what became of the call; nothing where `state` is empty.
    private void sayToAll(Function<ClientLeg, String> state) {
        for (Seat seat : seats) {
            String word = state.apply(seat.leg());
            if (!word.isEmpty()) {
                seat.leg().sayState(seat.leg().words().state(word));
            }
        }
    }

    private void closeIfEmpty() {
        if (seats.isEmpty()) {
            close();
        }
    }

    private Seat other(Seat seat) {
        return seat.equals(seats.getFirst()) ? seats.getLast() : seats.getFirst();
    }

    private void tellTalking(Seat seat) {
        if (seats.size() == 1) {
            tellOfCall(seat.leg());
            return;
        }
        Party party = seat.equals(seats.getFirst()) ? Party.CALLER : Party.DESTINATION;
        Language others = other(seat).pass().language();
        seat.leg().sayState(seat.leg().words().talking(party, seat.pass().language(), others));
    }

    /// Who called a number and came back may find it ringing still.
    private void tellOfCall(ClientLeg leg) {
        ClientWords words = leg.words();
        lobby.find(id)
                .ifPresent(
                        call ->
                                leg.sayState(
                                        isTalked(call.state())
                                                ? words.talking(
                                                        Party.CALLER,
                                                        call.callerLanguage(),
                                                        call.destinationLanguage())
                                                : words.state("ringing")));
    }

    /// Whether who calls talks with somebody, be it an agent.
    private static boolean isTalked(String state) {
        return state.equals("talking") || state.equals("attending");
    }

    /// What happens to the call.
    void on(CallEvent event) {
        switch (event) {
            case CallEvent.Caption caption -> seats.forEach(seat -> seat.leg().caption(caption));
            case CallEvent.StateChanged(_, var state, _) -> {
                if (state.equals("dialing")) {
                    sayToAll(_ -> "ringing");
                } else if (isTalked(state)) {
                    seats.forEach(seat -> lobby.use(seat.pass()));
                    seats.forEach(this::tellTalking);
                }
            }
            case CallEvent.Translation(_, _, var available, _, _) ->
                    sayToAll(_ -> available ? "translated" : "untranslated");
            case CallEvent.Adopted _,
                    CallEvent.Left _,
                    CallEvent.Interpretation _,
                    CallEvent.Spent _ -> {}
            case CallEvent.Ended _ -> close();
        }
    }

    private void close() {
        closed = true;
        lobby.closed(id, this);
    }
}
