package io.sandalphone.telephony.client;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;
import io.sandalphone.call.ClientCalls;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.client.ClientMeters.Rang;
import io.sandalphone.time.Loop;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The clients that stand by for calls to our numbers, as a carrier that rings them. A call rings at all who
/// are free, also at those who come while it does; the first who answers has it.
///
/// Who stands by where and what rings belongs to the switchboard's loop; a [RungLeg] belongs to that of
/// its call. What other threads call is passed on.
final class Switchboard implements LegCarrier, CallObserver {
    private static final Logger log = LoggerFactory.getLogger(Switchboard.class);

    /// How long a call waits for somebody who stands by, when nobody does: a page that lost its network for
    /// a moment is back by then.
    static final Duration NOBODY = Duration.ofSeconds(5);

    private final Loop loop;
    private final ClientSettings settings;
    private final ClientCalls calls;
    private final ClientMeters meters;
    private final Map<String, Standby> seats = new LinkedHashMap<>();
    private final Map<RungLeg, Ringing> ringing = new LinkedHashMap<>();
    private final Map<String, RungLeg> legs = new ConcurrentHashMap<>();

    /// Where a call rings, and where it was declined.
    private static final class Ringing {
        private final Set<Standby> at = new HashSet<>();
        private final Set<Standby> declinedBy = new HashSet<>();
        private Loop.Timer patience = () -> {};
    }

    Switchboard(Loop loop, ClientSettings settings, ClientCalls calls, ClientMeters meters) {
        this.loop = loop;
        this.settings = settings;
        this.calls = calls;
        this.meters = meters;
    }

    @Override
    public String name() {
        return Browser.CARRIER;
    }

    /// Whether anybody stands by is known when they are rung.
    @Override
    public Optional<String> unavailableReason() {
        return Optional.empty();
    }

    @Override
    public Leg dial(LegContext context, Dial dial) {
        return switch (dial.destination()) {
            case E164 _ -> throw new IllegalArgumentException("no telephone is rung over clients");
            case Browser browser -> {
                var leg =
                        new RungLeg(
                                context,
                                browser,
                                dial.callerId(),
                                dial.ring(),
                                () -> calls.find(context.callId()),
                                this,
                                meters);
                legs.put(context.callId(), leg);
                loop.execute(() -> ring(leg));
                yield leg;
            }
        };
    }

    private void ring(RungLeg leg) {
        var rings = new Ringing();
        ringing.put(leg, rings);
        for (Standby standby : seats.values()) {
            offer(leg, rings, standby);
        }
        log.atInfo()
                .addKeyValue("call", leg.callId())
                .addKeyValue("clients", rings.at.size())
                .log("clients are rung");
        if (rings.at.isEmpty()) {
            awaitSomebody(leg, rings);
        }
    }

    private void offer(RungLeg leg, Ringing rings, Standby standby) {
        if (!standby.isFree()
                || !standby.isFor(leg.called())
                || rings.declinedBy.contains(standby)) {
            return;
        }
        Optional<String> news = leg.incoming(standby.entrance().words());
        if (news.isEmpty()) {
            // The call is over already.
            return;
        }
        rings.patience.cancel();
        rings.at.add(standby);
        standby.rungBy(leg);
        standby.say(news.get());
        leg.loop().execute(leg::rings);
    }

    private void awaitSomebody(RungLeg leg, Ringing rings) {
        rings.patience =
                loop.schedule(
                        NOBODY,
                        () -> {
                            ringing.remove(leg);
                            boolean busy =
                                    seats.values().stream()
                                            .anyMatch(standby -> standby.isFor(leg.called()));
                            endUnanswered(
                                    leg,
                                    busy ? HangupCause.BUSY : HangupCause.NO_ANSWER,
                                    Rang.NOBODY);
                        });
    }

    private static void endUnanswered(RungLeg leg, HangupCause cause, Rang result) {
        leg.loop().execute(() -> leg.endUnanswered(cause, result));
    }

    /// A call that nobody has answered rings no longer. Any thread may say so.
    void stopped(RungLeg leg) {
        loop.execute(() -> stop(leg, "missed"));
    }

    private void stop(RungLeg leg, String reason) {
        Ringing rings = ringing.remove(leg);
        if (rings != null) {
            rings.patience.cancel();
            List.copyOf(rings.at).forEach(standby -> free(standby, reason));
        }
    }

    /// The client stands by again. What rings elsewhere rings there too.
    private void free(Standby standby, String reason) {
        standby.rungBy(null);
        standby.talksIn(null);
        if (standby.isGone()) {
            unseat(standby);
            return;
        }
        standby.say(standby.entrance().words().standsByAfter(reason));
        offerAll(standby);
    }

    private void offerAll(Standby standby) {
        ringing.forEach((leg, rings) -> offer(leg, rings, standby));
    }

    /// Leads a client to its place, and answers it there. Any thread may call it.
    void enter(Entrance entrance) {
        loop.execute(() -> admit(entrance));
    }

    private void admit(Entrance entrance) {
        String numbers = entrance.pass().standby().orElseThrow();
        if (!calls.ringsBrowsers(numbers)) {
            entrance.answer()
                    .refused(
                            new ClientFault(
                                    ClientFault.Kind.NO_ROUTE,
                                    "no call can ring here: the number needs a route with"
                                            + " destination: browser"));
            return;
        }
        Standby there = seats.get(seatOf(entrance));
        if (there == null) {
            sit(entrance, numbers);
            return;
        }
        boolean same = there.entrance().isSameClient(entrance);
        RungLeg leg = there.talksIn();
        if (leg != null) {
            leg.loop().execute(() -> comeBack(there, leg, entrance, same));
        } else if (same) {
            there.entrance().wire().close(ClientLeg.TAKEN_OVER, "the same client connected again");
            leave(there);
            sit(entrance, numbers);
        } else {
            entrance.answer().refused(ClientFault.seatTaken());
        }
    }

    private static String seatOf(Entrance entrance) {
        return entrance.pass().id() + " " + Lobby.callOf(entrance.pass().callId());
    }

    private void sit(Entrance entrance, String numbers) {
        var standby =
                new Standby(
                        entrance,
                        numbers.equals(RouteTable.ANY) ? numbers : RouteTable.digits(numbers),
                        this);
        seats.put(seatOf(entrance), standby);
        meters.standingBy().set(seats.size());
        standby.say(entrance.words().ready());
        standby.say(entrance.words().state("standby"));
        entrance.answer().standsBy(standby);
        offerAll(standby);
    }

    /// On the loop of the call in which the client of this place is.
    private void comeBack(Standby there, RungLeg leg, Entrance entrance, boolean same) {
        ClientLeg client = leg.client();
        if (client == null || client.hasEnded()) {
            loop.execute(
                    () -> {
                        unseat(there);
                        admit(entrance);
                    });
        } else if (!same && client.isConnected()) {
            entrance.answer().refused(ClientFault.seatTaken());
        } else {
            entrance.wire().text(entrance.words().ready());
            entrance.answer().accepted(client);
            client.resume(entrance.wire(), formatOf(entrance));
            leg.tellTalking();
        }
    }

    /// Who stands by has to know what becomes of a call.
    private static Format formatOf(Entrance entrance) {
        return new Format(entrance.format().split(), true);
    }

    /// The client takes what rings there, if it still does. Any thread may say so.
    void answered(Standby standby) {
        loop.execute(
                () -> {
                    RungLeg leg = standby.rungBy();
                    Ringing rings = leg == null ? null : ringing.get(leg);
                    if (leg == null || rings == null) {
                        return;
                    }
                    rings.at.remove(standby);
                    standby.rungBy(null);
                    standby.talksIn(leg);
                    stop(leg, "answered-elsewhere");
                    leg.loop().execute(() -> begin(leg, standby));
                });
    }

    private void begin(RungLeg leg, Standby standby) {
        Entrance entrance = standby.entrance();
        if (leg.hasEnded()) {
            // The caller gave up at the same moment.
            loop.execute(() -> free(standby, "missed"));
            return;
        }
        var client =
                new ClientLeg(
                        leg.loop(),
                        entrance.words(),
                        entrance.wire(),
                        formatOf(entrance),
                        settings.resumeTimeout(),
                        meters,
                        changed -> {
                            if (changed.hasEnded()) {
                                loop.execute(() -> unseat(standby));
                            }
                        });
        if (leg.answer(client)) {
            entrance.answer().accepted(client);
        }
    }

    /// The client does not want what rings there. Any thread may say so.
    void declined(Standby standby) {
        loop.execute(
                () -> {
                    RungLeg leg = standby.rungBy();
                    Ringing rings = leg == null ? null : ringing.get(leg);
                    if (leg == null || rings == null) {
                        return;
                    }
                    rings.at.remove(standby);
                    rings.declinedBy.add(standby);
                    if (rings.at.isEmpty()) {
                        ringing.remove(leg);
                        endUnanswered(leg, HangupCause.REJECTED, Rang.DECLINED);
                    }
                    free(standby, "declined");
                });
    }

    /// The client's connection is closed. Any thread may say so. A call that it is in goes on for a while:
    /// that is its leg's to know.
    void left(Standby standby) {
        loop.execute(
                () -> {
                    standby.gone();
                    if (standby.talksIn() == null) {
                        leave(standby);
                    }
                });
    }

    private void leave(Standby standby) {
        unseat(standby);
        RungLeg leg = standby.rungBy();
        standby.rungBy(null);
        Ringing rings = leg == null ? null : ringing.get(leg);
        if (leg != null && rings != null && rings.at.remove(standby) && rings.at.isEmpty()) {
            awaitSomebody(leg, rings);
        }
    }

    private void unseat(Standby standby) {
        seats.remove(seatOf(standby.entrance()), standby);
        meters.standingBy().set(seats.size());
    }

    /// On the loop of the call.
    @Override
    public void on(CallEvent event) {
        RungLeg leg = legs.get(event.callId());
        if (leg != null) {
            leg.on(event);
            if (event instanceof CallEvent.Ended) {
                legs.remove(event.callId());
            }
        }
    }
}
