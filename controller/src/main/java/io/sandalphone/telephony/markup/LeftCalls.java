package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.LegRejoiner;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Looks at the carrier for calls that a gateway before this one had there. Only a call whose two legs have this account's names
/// and one room is looked for, and only what the carrier says of those names counts.
///
/// Runs on the loop that is to own the calls.
final class LeftCalls {
    /// How long the carrier may take to say how it stands with all of them.
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Account account;
    private final Loop loop;
    private final LegRejoiner rejoiner;

    LeftCalls(Account account, Loop loop, LegRejoiner rejoiner) {
        this.account = account;
        this.loop = loop;
        this.rejoiner = rejoiner;
    }

    /// A call that is looked for: what its two legs are called there, the room of both, and what the carrier has said of either.
    private static final class Sought {
        final String id;
        final Map<Party, LegPlace> places;
        final Map<Party, String> names = new EnumMap<>(Party.class);
        final Map<Party, Standing> said = new EnumMap<>(Party.class);
        String room = "";

        Sought(String id, Map<Party, LegPlace> places) {
            this.id = id;
            this.places = places;
        }

        boolean isAnswered() {
            return said.size() == names.size();
        }

        Optional<String> unsaid() {
            return said.values().stream()
                    .filter(Standing.Unsaid.class::isInstance)
                    .map(each -> ((Standing.Unsaid) each).why())
                    .findFirst();
        }
    }

    /// Asks how it stands with `calls`, the places of whose legs an earlier gateway wrote down by their ids, tells `survivors` once
    /// the carrier has answered, or [#LIMIT] is over, and does as those say.
    void look(Map<String, Map<Party, LegPlace>> calls, Survivors survivors) {
        List<Sought> all =
                calls.entrySet().stream()
                        .map(each -> sought(each.getKey(), each.getValue()))
                        .toList();
        var telling = new Telling(all, survivors);
        for (Sought call : all) {
            call.names.forEach((party, name) -> ask(call, party, name, telling));
        }
        telling.tellWhenAnswered();
        telling.limit = loop.schedule(LIMIT, telling::tell);
    }

    /// One that is named in a way that no call here can have is asked about nothing.
    private Sought sought(String id, Map<Party, LegPlace> places) {
        var call = new Sought(id, places);
        List<Optional<String>> rooms =
                places.values().stream().map(LegPlaces::room).distinct().toList();
        boolean oneRoom = rooms.size() == 1 && rooms.getFirst().isPresent();
        places.forEach(
                (party, place) ->
                        account.dialect()
                                .callAt(place.at())
                                .filter(_ -> oneRoom && place.carrier().equals(name()))
                                .filter(name -> !call.names.containsValue(name))
                                .filter(name -> account.byId(name).isEmpty())
                                .ifPresent(name -> call.names.put(party, name)));
        if (call.names.size() < Party.values().length) {
            call.names.clear();
        } else {
            call.room = rooms.getFirst().orElseThrow();
        }
        return call;
    }

    private String name() {
        return account.dialect().name();
    }

    private void ask(Sought call, Party party, String name, Telling telling) {
        ask(
                call,
                party,
                name,
                telling,
                new Backoff(FIRST_PAUSE, LONGEST_PAUSE, account.chance()),
                1);
    }

    private void ask(
            Sought call, Party party, String name, Telling telling, Backoff backoff, int attempt) {
        loop.offload(
                () -> account.dialect().standing(name),
                standing -> {
                    if (standing instanceof Standing.Unsaid unsaid
                            && unsaid.passes()
                            && attempt < MOST_ATTEMPTS) {
                        loop.schedule(
                                backoff.next(),
                                () -> ask(call, party, name, telling, backoff, attempt + 1));
                    } else {
                        call.said.put(party, standing);
                        telling.tellWhenAnswered();
                    }
                },
                _ -> {
                    call.said.put(party, new Standing.Unsaid("fault"));
                    telling.tellWhenAnswered();
                });
    }

    /// Tells once of all calls.
    private final class Telling {
        private final List<Sought> all;
        private final Survivors survivors;
        private Loop.Timer limit = () -> {};
        private boolean told;

        Telling(List<Sought> all, Survivors survivors) {
            this.all = all;
            this.survivors = survivors;
        }

        void tellWhenAnswered() {
            if (all.stream().allMatch(Sought::isAnswered)) {
                tell();
            }
        }

        private void tell() {
            if (told) {
                return;
            }
            told = true;
            limit.cancel();
            List<FoundCall> found = new ArrayList<>();
            for (Sought call : all) {
                Optional<String> why = notKnown(call);
                if (why.isPresent()) {
                    survivors.unanswered(call.id, why.get());
                } else {
                    Map<Party, LegPlace> there = connected(call);
                    if (!there.isEmpty()) {
                        found.add(new FoundCall(call.id, there, true, () -> rejoin(call)));
                    }
                }
            }
            Map<String, Survivors.Fate> fates = survivors.found(name(), found);
            found.stream()
                    .filter(call -> fates.get(call.callId()) == Survivors.Fate.RELEASED)
                    .forEach(LeftCalls.this::release);
        }
    }

    private static Optional<String> notKnown(Sought call) {
        if (call.names.isEmpty()) {
            return Optional.of("place");
        }
        return call.isAnswered() ? call.unsaid() : Optional.of(Standing.UNREACHABLE);
    }

    private static Map<Party, LegPlace> connected(Sought call) {
        Map<Party, LegPlace> there = new EnumMap<>(call.places);
        there.keySet().removeIf(party -> !(call.said.get(party) instanceof Standing.Connected));
        return there;
    }

    private CallConnection rejoin(Sought call) {
        var rejoining = new Rejoining(account);
        Map<Party, RejoinedLeg> legs = new EnumMap<>(Party.class);
        call.names.forEach(
                (party, name) ->
                        legs.put(
                                party,
                                new RejoinedLeg(context(call, party), account, name, rejoining)));
        return rejoiner.rejoin(
                context(call, Party.CALLER),
                Objects.requireNonNull(legs.get(Party.CALLER)),
                Objects.requireNonNull(legs.get(Party.DESTINATION)));
    }

    private LegContext context(Sought call, Party party) {
        return new LegContext(call.id, party, loop, call.room);
    }

    private void release(FoundCall alone) {
        alone.legs()
                .values()
                .forEach(
                        place ->
                                account.dialect()
                                        .callAt(place.at())
                                        .ifPresent(
                                                name ->
                                                        new Ending(loop, account, name, () -> {})
                                                                .begin(true)));
    }
}
