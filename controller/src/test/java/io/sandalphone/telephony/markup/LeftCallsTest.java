package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.bus.BusMeters;
import io.sandalphone.bus.MixedBridges;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.Survivors;
import io.sandalphone.telephony.markup.RestAnswer.Reason;
import io.sandalphone.telephony.stream.StreamTokens.Redemption;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/// Calls that an earlier gateway left in a room, from the question whether they are there to the streams that come back.
class LeftCallsTest {
    private static final String ROOM = "0123456789abcdef0123456789abcdef";
    private static final String CALLER = "call-1";
    private static final String DESTINATION = "call-2";
    private static final RestAnswer BROKEN = new RestAnswer.Unknown("status 503");
    private static final RestAnswer TOO_MANY = ScriptedDialect.refused(Reason.TOO_MANY);
    private static final RestAnswer GONE = ScriptedDialect.refused(Reason.GONE);
    private static final RestAnswer DONE = new RestAnswer.Done(Optional.empty());

    private final MarkupScene scene = new MarkupScene();
    private final Map<String, Map<Party, LegPlace>> sought = new HashMap<>();
    private final Map<String, String> unanswered = new HashMap<>();
    private final List<FoundCall> found = new ArrayList<>();
    private final Map<Party, RejoinedLeg> legs = new EnumMap<>(Party.class);
    private final Map<Party, List<LegEvent>> events = new EnumMap<>(Party.class);
    private final MixedBridges bridges = new MixedBridges(BusMeters.register(scene.registry));
    private int told;

    private LegPlace place(String name) {
        return new LegPlace(scene.carrier.name(), Map.of("call", name, "room", ROOM));
    }

    private void wasThere() {
        sought.put(
                "7f3", Map.of(Party.CALLER, place(CALLER), Party.DESTINATION, place(DESTINATION)));
    }

    private void says(String name, Standing... standings) {
        scene.carrier.toSay.put(name, new ConcurrentLinkedDeque<>(List.of(standings)));
    }

    /// Looks; those that are whole are adopted where `adopting`, and half ones released.
    private void look(boolean adopting) {
        var survivors =
                new Survivors() {
                    @Override
                    public void unanswered(String callId, String why) {
                        unanswered.put(callId, why);
                    }

                    @Override
                    public Map<String, Fate> found(String carrier, List<FoundCall> calls) {
                        assertEquals(scene.carrier.name(), carrier);
                        told++;
                        found.addAll(calls);
                        Map<String, Fate> fates = new HashMap<>();
                        for (FoundCall call : calls) {
                            if (!call.isWhole()) {
                                fates.put(call.callId(), Fate.RELEASED);
                            } else if (adopting) {
                                assertEquals(scene.loop, call.connection().get().loop());
                                fates.put(call.callId(), Fate.ADOPTED);
                            }
                        }
                        return fates;
                    }
                };
        new LeftCalls(scene.account, scene.loop, this::rejoined).look(sought, survivors);
        scene.lets(Duration.ZERO);
    }

    private CallConnection rejoined(LegContext context, Leg caller, Leg destination) {
        assertEquals("7f3", context.callId());
        assertEquals(ROOM, context.room());
        legs.put(Party.CALLER, (RejoinedLeg) caller);
        legs.put(Party.DESTINATION, (RejoinedLeg) destination);
        legs.forEach(
                (party, leg) -> {
                    List<LegEvent> heard = new ArrayList<>();
                    events.put(party, heard);
                    leg.listen(heard::add);
                });
        return bridges.rejoined(context, caller, destination);
    }

    private RejoinedLeg leg(Party party) {
        return Objects.requireNonNull(legs.get(party));
    }

    private List<LegEvent> events(Party party) {
        return Objects.requireNonNull(events.get(party));
    }

    private List<String> documents() {
        return scene.carrier.asked.stream().filter(each -> each.startsWith("stream ")).toList();
    }

    private MediaStream comes(Party party) {
        return scene.starts(leg(party), new RecordingSocket());
    }

    private MediaStream comesByTheSecondStream(Party party) {
        RejoinedLeg leg = leg(party);
        return scene.starts(leg, new RecordingSocket(), SecondToken.of(leg.context()));
    }

    @Test
    void both_are_given_their_stream_again_and_talk_on() {
        wasThere();
        look(true);
        assertEquals(2, documents().size());
        assertTrue(
                documents().stream().allMatch(each -> each.contains(", room " + ROOM + ", ")),
                () -> documents().toString());
        comes(Party.CALLER);
        comes(Party.DESTINATION);
        scene.lets(Duration.ofMinutes(1));

        assertEquals(List.of(new LegEvent.MediaBack()), events(Party.CALLER));
        assertEquals(List.of(new LegEvent.MediaBack()), events(Party.DESTINATION));
        assertEquals(2, documents().size());
        assertEquals(1, told);
        assertEquals(Map.of(), unanswered);
    }

    @Test
    void nothing_is_asked_of_a_carrier_that_had_nobody() {
        look(true);

        assertEquals(List.of(), scene.carrier.asked);
        assertEquals(1, told);
    }

    @Test
    void who_is_left_by_decision_is_not_touched() {
        wasThere();
        look(false);

        assertEquals(List.of(), documents());
        assertTrue(found.getFirst().isWhole());
    }

    @Test
    void whoever_is_alone_is_released() {
        wasThere();
        says(CALLER, new Standing.Over());
        look(true);

        assertEquals(Map.of(Party.DESTINATION, place(DESTINATION)), found.getFirst().legs());
        assertEquals("complete", scene.carrier.asked.getLast());
        assertEquals(List.of(), documents());
    }

    @Test
    void a_call_that_is_over_is_not_found() {
        wasThere();
        says(CALLER, new Standing.Over());
        says(DESTINATION, new Standing.Over());
        look(true);

        assertEquals(List.of(), found);
        assertEquals(Map.of(), unanswered);
        assertEquals(1, told);
    }

    @Test
    void a_carrier_that_does_not_say_is_asked_again_and_then_the_two_are_left() {
        wasThere();
        var unreachable = new Standing.Unsaid(Standing.UNREACHABLE);
        says(CALLER, unreachable, unreachable, unreachable);
        look(true);
        scene.lets(Duration.ofSeconds(10));

        assertEquals(Map.of("7f3", "unreachable"), unanswered);
        assertEquals(List.of(), found);
        assertEquals(List.of(), documents());
        assertEquals(1, told);
    }

    @Test
    void a_carrier_that_says_it_at_the_second_time_is_believed() {
        wasThere();
        says(CALLER, new Standing.Unsaid(Standing.RATE_LIMITED));
        look(true);
        scene.lets(Duration.ofSeconds(1));

        assertEquals(2, documents().size());
    }

    @Test
    void only_names_that_this_account_may_have_are_asked_about() {
        for (Map<Party, LegPlace> wrong :
                List.of(
                        Map.of(Party.CALLER, place(CALLER), Party.DESTINATION, place("x")),
                        Map.of(Party.CALLER, place(CALLER), Party.DESTINATION, place(CALLER)),
                        Map.of(Party.CALLER, place(CALLER)),
                        Map.of(
                                Party.CALLER,
                                place(CALLER),
                                Party.DESTINATION,
                                new LegPlace("other", place(DESTINATION).at())),
                        Map.of(
                                Party.CALLER,
                                place(CALLER),
                                Party.DESTINATION,
                                new LegPlace(
                                        scene.carrier.name(),
                                        Map.of("call", DESTINATION, "room", "f".repeat(32)))),
                        Map.of(
                                Party.CALLER,
                                new LegPlace(
                                        scene.carrier.name(),
                                        Map.of("call", CALLER, "room", "<Hangup/>")),
                                Party.DESTINATION,
                                new LegPlace(
                                        scene.carrier.name(),
                                        Map.of("call", DESTINATION, "room", "<Hangup/>"))))) {
            unanswered.clear();
            sought.put("7f3", wrong);
            look(true);
            assertEquals(Map.of("7f3", "place"), unanswered, wrong::toString);
        }
        assertEquals(List.of(), scene.carrier.asked);
    }

    @Test
    void where_one_is_not_given_a_document_they_come_by_their_second_stream() {
        wasThere();
        scene.carrier.toChange.add(DONE);
        scene.carrier.toChange.add(BROKEN);
        look(true);
        comes(Party.CALLER);
        comesByTheSecondStream(Party.DESTINATION);
        scene.lets(Duration.ofMinutes(1));

        assertEquals(List.of(new LegEvent.MediaBack()), events(Party.DESTINATION));
        assertEquals(2, documents().size());
    }

    @Test
    void the_second_stream_of_somebody_who_gets_a_new_document_does_not_end_their_call() {
        wasThere();
        look(true);
        MediaStream second = comesByTheSecondStream(Party.DESTINATION);
        assertEquals(List.of(), events(Party.DESTINATION));
        second.message(
                "{\"event\":\"stop\",\"streamSid\":\"stream-1\"}".getBytes(StandardCharsets.UTF_8));
        comes(Party.DESTINATION);
        scene.lets(Duration.ofSeconds(1));

        assertEquals(List.of(new LegEvent.MediaBack()), events(Party.DESTINATION));
    }

    @Test
    void the_words_of_second_streams_are_those_that_the_gateway_before_gave() {
        wasThere();
        look(true);
        String word = SecondToken.of(new LegContext("7f3", Party.DESTINATION, scene.loop, ROOM));

        assertEquals(
                new Redemption.Redeemed<MarkupLeg>(leg(Party.DESTINATION)),
                scene.account.tokens().redeem(word));
        assertEquals(new Redemption.Used<MarkupLeg>(), scene.account.tokens().redeem(word));
    }

    @Test
    void a_request_that_was_not_carried_out_is_made_again() {
        wasThere();
        scene.carrier.toChange.add(TOO_MANY);
        scene.carrier.toChange.add(TOO_MANY);
        look(true);
        scene.lets(Duration.ofSeconds(1));

        assertEquals(4, documents().size());
    }

    @Test
    void two_whom_the_carrier_does_not_give_back_are_left_in_their_room() {
        wasThere();
        scene.carrier.toChange.add(BROKEN);
        scene.carrier.toChange.add(BROKEN);
        look(true);
        scene.lets(Rejoining.START_LIMIT.plusSeconds(1));

        var left = new LegEvent.LeftThere("unreachable");
        assertEquals(List.of(left), events(Party.CALLER));
        assertEquals(List.of(left), events(Party.DESTINATION));
        assertEquals(2, documents().size());
        legs.values().forEach(Leg::leave);
        scene.lets(Duration.ofMinutes(5));
        assertEquals(2, documents().size());
        assertFalse(scene.carrier.asked.contains("complete"));
        assertEquals(0, scene.account.legs());
    }

    @Test
    void whoever_hung_up_meanwhile_is_gone() {
        wasThere();
        scene.carrier.toChange.add(GONE);
        look(true);

        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), events(Party.CALLER));
        assertEquals(List.of(), events(Party.DESTINATION));
    }

    @Test
    void
            whoever_does_not_come_though_they_were_to_is_asked_for_until_it_is_known_what_became_of_them() {
        wasThere();
        look(true);
        comes(Party.CALLER);
        scene.carrier.toChange.add(GONE);
        scene.lets(Rejoining.START_LIMIT.plusSeconds(1));

        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), events(Party.DESTINATION));
        assertEquals(3, documents().size());
    }

    @Test
    void a_stream_that_breaks_off_later_is_asked_for_as_any() {
        wasThere();
        look(true);
        comes(Party.DESTINATION);
        comes(Party.CALLER).closed();
        scene.loop.settle();

        assertEquals(
                List.of(new LegEvent.MediaBack(), new LegEvent.MediaLost("socket_closed")),
                events(Party.CALLER));
        assertEquals(3, documents().size());
    }

    @Test
    void who_is_hung_up_on_before_they_are_back_is_ended_by_the_carrier() {
        wasThere();
        look(true);
        leg(Party.CALLER).hangUp(HangupCause.NORMAL);
        scene.lets(Duration.ofSeconds(1));

        assertTrue(scene.carrier.asked.contains("complete"));
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NORMAL)), events(Party.CALLER));
    }
}
