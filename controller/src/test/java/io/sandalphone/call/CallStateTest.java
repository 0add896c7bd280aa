package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.Outcome.Reason;
import io.sandalphone.call.Outcome.Result;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class CallStateTest {
    private static final List<ConnectionEvent> CARRIER_EVENTS = carrierEvents();

    private static final List<Effect> FAILING =
            List.of(
                    new Effect.Dial(Party.DESTINATION),
                    new Effect.Echo(),
                    new Effect.Answer(),
                    new Effect.StartAttending(),
                    new Effect.StopAttending(),
                    new Effect.Transfer(Samples.TRANSFER),
                    new Effect.Introduce(),
                    new Effect.AttachAudio(),
                    new Effect.StartInterpreting(),
                    new Effect.StopInterpreting(),
                    new Effect.Release(HangupCause.NORMAL),
                    new Effect.Leave());

    private static List<ConnectionEvent> carrierEvents() {
        List<ConnectionEvent> events = new ArrayList<>();
        for (Party party : Party.values()) {
            events.add(new ConnectionEvent.Ringing(party));
            events.add(new ConnectionEvent.Answered(party));
            events.add(new ConnectionEvent.Silent(party));
            for (HangupCause cause : HangupCause.values()) {
                events.add(new ConnectionEvent.Gone(party, cause));
            }
        }
        events.add(new ConnectionEvent.AudioAttached());
        events.add(new ConnectionEvent.AudioLost("test"));
        events.add(new ConnectionEvent.Joined());
        events.add(new ConnectionEvent.Failed("test"));
        events.add(new ConnectionEvent.CarrierLost());
        events.add(new ConnectionEvent.TakenOver());
        events.add(new ConnectionEvent.LeftThere("test"));
        events.add(new ConnectionEvent.Released());
        return List.copyOf(events);
    }

    /// Takes events one after another and keeps what was to be done.
    private static final class Life {
        CallState state = new CallState.New();
        final List<Effect> effects = new ArrayList<>();

        Life on(Event... events) {
            for (Event event : events) {
                Step step = state.on(event);
                state = step.next();
                effects.addAll(step.effects());
            }
            return this;
        }

        Life on(ConnectionEvent event) {
            return on(new Event.Carrier(event));
        }

        Life talking() {
            return on(new Event.Admitted())
                    .on(new ConnectionEvent.Ringing(Party.DESTINATION))
                    .on(new ConnectionEvent.Answered(Party.DESTINATION))
                    .on(new ConnectionEvent.AudioAttached());
        }

        Life attending() {
            return on(new Event.AdmittedToAgent())
                    .on(new ConnectionEvent.Answered(Party.CALLER))
                    .on(new ConnectionEvent.AudioAttached());
        }

        /// The agent puts the caller through, and nothing has come of it yet.
        Life transferring() {
            attending().on(new Event.TransferAsked(Samples.TRANSFER));
            effects.clear();
            return this;
        }

        List<Effect> takeEffects() {
            var taken = List.copyOf(effects);
            effects.clear();
            return taken;
        }
    }

    @Test
    void an_agent_answers_begins_when_it_can_be_heard_and_ends_the_call() {
        var life = new Life().on(new Event.AdmittedToAgent());
        assertEquals(
                List.of(new Effect.StartTalkTime(), new Effect.Answer(), new Effect.AttachAudio()),
                life.effects);
        life.effects.clear();
        life.on(new ConnectionEvent.Answered(Party.CALLER)).on(new ConnectionEvent.AudioAttached());
        assertEquals(List.of(new Effect.StartAttending()), life.effects);
        life.effects.clear();
        life.on(new ConnectionEvent.AudioLost("test"))
                .on(new Event.AudioRetryDue())
                .on(new ConnectionEvent.AudioAttached());
        assertEquals(
                List.of(
                        new Effect.StopAttending(),
                        new Effect.AttachAudioLater(),
                        new Effect.AttachAudio(),
                        new Effect.StartAttending()),
                life.effects);
        life.effects.clear();
        life.on(new Event.AgentDone(Reason.AGENT_HUNG_UP)).on(new ConnectionEvent.Released());
        assertEquals(
                List.of(
                        new Effect.StopAttending(),
                        new Effect.Release(HangupCause.NORMAL),
                        new Effect.Finish(new Outcome(Result.COMPLETED, Reason.AGENT_HUNG_UP))),
                life.effects);
    }

    @Test
    void a_person_is_rung_hears_why_and_is_joined_and_the_two_are_a_call_as_any() {
        var life = new Life().attending();
        life.takeEffects();
        life.on(new Event.TransferAsked(Samples.TRANSFER));
        assertEquals(
                List.of(new Effect.StopAttending(), new Effect.Transfer(Samples.TRANSFER)),
                life.takeEffects());
        life.on(new ConnectionEvent.Ringing(Party.DESTINATION));
        assertEquals(List.of(), life.takeEffects());
        life.on(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals(List.of(new Effect.Introduce()), life.takeEffects());
        life.on(new ConnectionEvent.Answered(Party.DESTINATION))
                .on(new ConnectionEvent.AudioAttached());
        assertEquals(List.of(), life.takeEffects(), "told once");
        life.on(new ConnectionEvent.Joined());
        assertEquals(
                List.of(new Effect.EndTransfer(TransferResult.JOINED), new Effect.AttachAudio()),
                life.takeEffects());
        assertEquals(new CallState.Talking(CallState.Audio.ATTACHING), life.state);
        life.on(new ConnectionEvent.AudioAttached());
        assertEquals(List.of(new Effect.StartInterpreting()), life.takeEffects());
        life.on(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL));
        assertEquals(
                List.of(new Effect.StopInterpreting(), new Effect.Release(HangupCause.NORMAL)),
                life.takeEffects());
        assertEquals(
                new CallState.Ending(new Outcome(Result.COMPLETED, Reason.DESTINATION_HUNG_UP)),
                life.state);
    }

    @ParameterizedTest
    @EnumSource(HangupCause.class)
    void whoever_is_not_reached_brings_the_agent_back_whatever_the_cause(HangupCause cause) {
        var life = new Life().transferring().on(new ConnectionEvent.Gone(Party.DESTINATION, cause));
        assertBack(life, TransferResult.NOT_REACHED);
    }

    @Test
    void a_person_who_is_gone_before_the_two_are_joined_brings_the_agent_back() {
        var life = new Life().transferring().on(new ConnectionEvent.Answered(Party.DESTINATION));
        life.takeEffects();
        life.on(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL));
        assertBack(life, TransferResult.NOT_REACHED);
        life.on(new ConnectionEvent.Joined());
        assertEquals(List.of(), life.takeEffects(), "too late");
    }

    @Test
    void a_person_whom_the_carrier_does_not_ring_brings_the_agent_back() {
        assertBack(
                new Life().transferring().on(new ConnectionEvent.Failed("dial")),
                TransferResult.NOT_REACHED);
        assertBack(
                new Life()
                        .transferring()
                        .on(new Event.EffectFailed(new Effect.Transfer(Samples.TRANSFER))),
                TransferResult.NOT_REACHED);
        assertBack(
                new Life().transferring().on(new Event.TransferRefused()), TransferResult.REFUSED);
    }

    private static void assertBack(Life life, TransferResult result) {
        assertEquals(
                List.of(new Effect.EndTransfer(result), new Effect.StartAttending()),
                life.takeEffects());
        assertEquals(new CallState.Attending(CallState.Audio.ATTACHED), life.state);
    }

    @Test
    void an_agent_whose_caller_cannot_be_heard_just_now_comes_back_when_they_can() {
        var life =
                new Life()
                        .transferring()
                        .on(new ConnectionEvent.AudioLost("test"))
                        .on(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.BUSY));
        assertEquals(
                List.of(
                        new Effect.AttachAudioLater(),
                        new Effect.EndTransfer(TransferResult.NOT_REACHED)),
                life.takeEffects());
        life.on(new Event.AudioRetryDue()).on(new ConnectionEvent.AudioAttached());
        assertEquals(
                List.of(new Effect.AttachAudio(), new Effect.StartAttending()), life.takeEffects());
    }

    @Test
    void a_caller_who_hangs_up_while_a_person_is_rung_or_hears_why_ends_it_for_both() {
        for (boolean answered : List.of(false, true)) {
            var life = new Life().transferring();
            if (answered) {
                life.on(new ConnectionEvent.Answered(Party.DESTINATION));
                life.takeEffects();
            }
            life.on(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
            assertEquals(
                    List.of(
                            new Effect.EndTransfer(TransferResult.GIVEN_UP),
                            new Effect.Release(HangupCause.NORMAL)),
                    life.takeEffects());
            assertEquals(
                    new CallState.Ending(new Outcome(Result.COMPLETED, Reason.CALLER_HUNG_UP)),
                    life.state);
        }
    }

    @Test
    void a_call_that_is_being_put_through_ends_as_others_do() {
        assertEnds(new Event.TimeUp(), Reason.TIME_LIMIT, new Effect.Release(HangupCause.NORMAL));
        assertEnds(
                new Event.EndAsked(Reason.OPERATOR_HUNG_UP),
                Reason.OPERATOR_HUNG_UP,
                new Effect.Release(HangupCause.NORMAL));
        assertEnds(new Event.LeaveAsked(), Reason.SHUTDOWN, new Effect.Release(HangupCause.NORMAL));
        assertEnds(
                new Event.Carrier(new ConnectionEvent.TakenOver()),
                Reason.TAKEN_OVER,
                new Effect.Leave());
    }

    private static void assertEnds(Event event, Reason reason, Effect last) {
        var life = new Life().transferring().on(event);
        assertEquals(
                List.of(new Effect.EndTransfer(TransferResult.GIVEN_UP), last), life.takeEffects());
        assertEquals(new CallState.Ending(new Outcome(Result.COMPLETED, reason)), life.state);
    }

    @Test
    void nothing_of_the_agent_happens_while_the_caller_is_put_through() {
        var life = new Life().transferring();
        CallState before = life.state;
        life.on(
                        new Event.AgentDone(Reason.AGENT_HUNG_UP),
                        new Event.TransferAsked(Samples.TRANSFER),
                        new Event.AudioRetryDue())
                .on(new ConnectionEvent.KeyPressed(Party.CALLER, '1'));
        assertEquals(List.of(), life.takeEffects());
        life.on(new Event.CostCapReached());
        assertEquals(List.of(new Effect.TellCosts()), life.takeEffects());
        assertEquals(before, life.state);
    }

    @Test
    void nobody_is_put_through_of_whom_no_agent_is_in_charge() {
        for (Life life :
                List.of(new Life(), new Life().talking(), new Life().on(new Event.Admitted()))) {
            CallState before = life.state;
            life.takeEffects();
            life.on(new Event.TransferAsked(Samples.TRANSFER), new Event.TransferRefused())
                    .on(new ConnectionEvent.Joined());
            assertEquals(List.of(), life.takeEffects());
            assertEquals(before, life.state);
        }
    }

    @Test
    void an_agent_that_has_cost_as_much_as_it_may_says_goodbye() {
        var life = new Life().on(new Event.AdmittedToAgent());
        life.effects.clear();
        life.on(new Event.CostCapReached());
        assertEquals(List.of(new Effect.DismissAgent(), new Effect.TellCosts()), life.effects);
        life.on(new Event.AgentDone(Reason.COST_LIMIT));
        assertEquals(
                new CallState.Ending(new Outcome(Result.COMPLETED, Reason.COST_LIMIT)), life.state);
    }

    @Test
    void an_agent_that_failed_is_a_failure_and_a_caller_who_hangs_up_is_none() {
        var failed =
                new Life()
                        .on(new Event.AdmittedToAgent(), new Event.AgentDone(Reason.AGENT_FAILED));
        assertEquals(
                new CallState.Ending(new Outcome(Result.FAILED, Reason.AGENT_FAILED)),
                failed.state);
        var hungUp =
                new Life()
                        .on(new Event.AdmittedToAgent())
                        .on(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals(
                new CallState.Ending(new Outcome(Result.COMPLETED, Reason.CALLER_HUNG_UP)),
                hungUp.state);
    }

    @Test
    void an_arriving_call_is_dialled_answered_interpreted_and_ended_by_a_hangup() {
        var life = new Life().talking();
        assertEquals(
                List.of(
                        new Effect.Dial(Party.DESTINATION),
                        new Effect.StartTalkTime(),
                        new Effect.AttachAudio(),
                        new Effect.StartInterpreting()),
                life.takeEffects());
        life.on(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals(
                List.of(new Effect.StopInterpreting(), new Effect.Release(HangupCause.NORMAL)),
                life.takeEffects());
        life.on(new ConnectionEvent.Released());
        var outcome = new Outcome(Result.COMPLETED, Reason.CALLER_HUNG_UP);
        assertEquals(List.of(new Effect.Finish(outcome)), life.takeEffects());
        assertEquals(new CallState.Ended(outcome), life.state);
    }

    @Test
    void an_operators_call_rings_the_first_party_before_the_second() {
        var life = new Life().on(new Event.Placed());
        assertEquals(List.of(new Effect.Dial(Party.CALLER)), life.takeEffects());
        life.on(new ConnectionEvent.Answered(Party.CALLER));
        assertEquals(List.of(new Effect.Dial(Party.DESTINATION)), life.takeEffects());
    }

    @Test
    void who_is_to_hear_themselves_is_rung_by_nobody_and_hangs_up_when_they_like() {
        var life = new Life().on(new Event.AdmittedToEcho());
        assertEquals(List.of(new Effect.StartTalkTime(), new Effect.Echo()), life.takeEffects());
        life.on(new ConnectionEvent.Answered(Party.CALLER));
        assertEquals(List.of(), life.takeEffects());
        life.on(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals(List.of(new Effect.Release(HangupCause.NORMAL)), life.takeEffects());
        life.on(new ConnectionEvent.Released());
        assertEquals(
                new CallState.Ended(new Outcome(Result.COMPLETED, Reason.CALLER_HUNG_UP)),
                life.state);
    }

    @Test
    void a_caller_who_hears_themselves_at_their_carrier_needs_us_no_longer() {
        var life = new Life().on(new Event.AdmittedToEcho());
        life.on(new ConnectionEvent.Released());
        assertEquals(
                new CallState.Ended(new Outcome(Result.COMPLETED, Reason.LEFT_TO_CARRIER)),
                life.state);
    }

    @Test
    void who_hears_themselves_does_so_for_as_long_as_a_call_may_last() {
        var life = new Life().on(new Event.AdmittedToEcho());
        life.takeEffects();
        life.on(new Event.TimeUp());
        assertEquals(List.of(new Effect.Release(HangupCause.NORMAL)), life.takeEffects());
        assertEquals(
                new CallState.Ending(new Outcome(Result.COMPLETED, Reason.TIME_LIMIT)), life.state);
    }

    @Test
    void two_who_meet_talk_at_once_and_nobody_is_rung() {
        var life = new Life().on(new Event.Met());
        assertEquals(
                List.of(new Effect.StartTalkTime(), new Effect.AttachAudio()), life.takeEffects());
        assertEquals(new CallState.Talking(CallState.Audio.ATTACHING), life.state);
        life.on(new Event.Met());
        assertEquals(List.of(), life.takeEffects());
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, BUSY, DESTINATION_BUSY",
        "NO_ANSWER, NO_ANSWER, DESTINATION_NO_ANSWER",
        "NORMAL, NO_ANSWER, DESTINATION_NO_ANSWER",
        "REJECTED, REJECTED, DESTINATION_DECLINED",
        "UNALLOCATED, UNALLOCATED, DESTINATION_UNREACHABLE",
        "CONGESTION, CONGESTION, DESTINATION_UNREACHABLE",
        "FAILURE, FAILURE, DESTINATION_UNREACHABLE",
    })
    void the_caller_is_told_why_the_destination_was_not_reached(
            HangupCause cause, HangupCause told, Reason reason) {
        var life = new Life().on(new Event.Admitted());
        life.takeEffects();
        life.on(new ConnectionEvent.Gone(Party.DESTINATION, cause));
        assertEquals(List.of(new Effect.Release(told)), life.takeEffects());
        assertEquals(new CallState.Ending(new Outcome(Result.NOT_CONNECTED, reason)), life.state);
    }

    @Test
    void lost_audio_stops_the_interpreter_and_leaves_the_people_talking() {
        var life = new Life().talking();
        life.takeEffects();
        life.on(new ConnectionEvent.AudioLost("test"));
        assertEquals(
                List.of(new Effect.StopInterpreting(), new Effect.AttachAudioLater()),
                life.takeEffects());
        life.on(new Event.AudioRetryDue());
        assertEquals(List.of(new Effect.AttachAudio()), life.takeEffects());
        life.on(new ConnectionEvent.AudioAttached());
        assertEquals(List.of(new Effect.StartInterpreting()), life.takeEffects());
    }

    @Test
    void a_cap_stops_the_interpreter_and_leaves_the_people_talking() {
        var life = new Life().talking();
        life.takeEffects();
        CallState before = life.state;
        life.on(new Event.CostCapReached());
        assertEquals(
                List.of(new Effect.StopInterpreting(), new Effect.TellCosts()), life.takeEffects());
        assertEquals(before, life.state);
    }

    @Test
    void a_stopping_controller_leaves_talking_people_alone_and_ends_what_only_rings() {
        var talking = new Life().talking();
        talking.takeEffects();
        talking.on(new Event.LeaveAsked());
        assertEquals(
                List.of(new Effect.StopInterpreting(), new Effect.Leave()), talking.takeEffects());
        var ringing = new Life().on(new Event.Admitted());
        ringing.takeEffects();
        ringing.on(new Event.LeaveAsked());
        assertEquals(List.of(new Effect.Release(HangupCause.CONGESTION)), ringing.takeEffects());
    }

    @Test
    void who_comes_while_the_controller_stops_is_given_back_to_the_carrier() {
        var life = new Life().on(new Event.RejectedDraining());
        assertEquals(List.of(new Effect.ReturnToDialplan()), life.takeEffects());
        life.on(new ConnectionEvent.Released());
        var outcome = new Outcome(Result.REFUSED, Reason.DRAINING);
        assertEquals(List.of(new Effect.Finish(outcome)), life.takeEffects());
    }

    @Test
    void a_carrier_that_never_confirms_does_not_keep_the_call_alive() {
        var life = new Life().talking().on(new Event.EndAsked(Reason.OPERATOR_HUNG_UP));
        life.takeEffects();
        life.on(new Event.ReleaseOverdue());
        var outcome = new Outcome(Result.COMPLETED, Reason.OPERATOR_HUNG_UP);
        assertEquals(List.of(new Effect.Abandon(), new Effect.Finish(outcome)), life.takeEffects());
    }

    @Test
    void whatever_comes_in_whatever_order_a_call_ends_once_and_stays_ended() {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String where = "seed " + seed + " round " + round;
            List<Event> events = shuffled(chance);
            var life = new Life().on(events.toArray(Event[]::new));
            check(life, where + " " + events);
            life.on(new Event.EndAsked(Reason.SHUTDOWN), new Event.ReleaseOverdue());
            check(life, where + " " + events);
            assertTrue(life.state instanceof CallState.Ended, where + " ended in " + life.state);
            assertEquals(1, count(life.effects, Effect.Finish.class), where);
            life.takeEffects();
            life.on(events.toArray(Event[]::new));
            assertEquals(List.of(), life.effects, where + " acted after its end");
        }
    }

    private static List<Event> shuffled(Random chance) {
        List<Event> events = new ArrayList<>();
        events.add(
                switch (chance.nextInt(4)) {
                    case 0 -> new Event.Admitted();
                    case 1 -> new Event.Placed();
                    case 2 -> new Event.AdmittedToAgent();
                    default -> new Event.Met();
                });
        events.add(new Event.TimeUp());
        events.add(new Event.CostCapReached());
        events.add(new Event.AudioRetryDue());
        if (chance.nextInt(2) == 0) {
            events.add(new Event.TransferAsked(Samples.TRANSFER));
            events.add(new Event.Carrier(new ConnectionEvent.Joined()));
        }
        if (chance.nextInt(4) == 0) {
            events.add(new Event.LeaveAsked());
        }
        if (chance.nextInt(4) == 0) {
            events.add(new Event.EffectFailed(FAILING.get(chance.nextInt(FAILING.size()))));
        }
        int length = chance.nextInt(20);
        for (int i = 0; i < length; i++) {
            events.add(
                    new Event.Carrier(CARRIER_EVENTS.get(chance.nextInt(CARRIER_EVENTS.size()))));
        }
        // Doubled, as after a reconnect.
        events.addAll(events.subList(0, chance.nextInt(events.size())));
        Collections.shuffle(events, chance);
        return events;
    }

    /// What holds after any history.
    private static void check(Life life, String where) {
        assertTrue(count(life.effects, Effect.Finish.class) <= 1, where + " finished twice");
        long ends =
                count(life.effects, Effect.Release.class) + count(life.effects, Effect.Leave.class);
        assertTrue(ends <= 1, where + " released twice: " + life.effects);
        long started = count(life.effects, Effect.StartInterpreting.class);
        long stopped = count(life.effects, Effect.StopInterpreting.class);
        boolean talking = life.state instanceof CallState.Talking;
        assertTrue(talking || stopped >= started, where + " left interpreting: " + life.effects);
        long attended = count(life.effects, Effect.StartAttending.class);
        long unattended = count(life.effects, Effect.StopAttending.class);
        assertTrue(
                life.state instanceof CallState.Attending || unattended >= attended,
                where + " left attending: " + life.effects);
        long begun = count(life.effects, Effect.Transfer.class);
        long ended = count(life.effects, Effect.EndTransfer.class);
        assertEquals(
                begun,
                ended + (life.state instanceof CallState.Transferring ? 1 : 0),
                where + " transfers begun and ended: " + life.effects);
        assertTrue(count(life.effects, Effect.StartTalkTime.class) <= 1, where);
    }

    private static long count(List<Effect> effects, Class<? extends Effect> type) {
        return effects.stream().filter(type::isInstance).count();
    }

    @Test
    void a_call_of_the_gateway_before_goes_on_where_it_was() {
        var talking = new Life().on(new Event.Adopted(true));
        assertEquals(new CallState.Talking(CallState.Audio.ATTACHING), talking.state);
        assertEquals(
                List.of(new Effect.StartTalkTime(), new Effect.AttachAudio()), talking.effects);
        var ringing = new Life().on(new Event.Adopted(false));
        assertEquals(new CallState.Dialing(true), ringing.state);
        assertEquals(List.of(), ringing.effects);
        ringing.on(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals(new CallState.Talking(CallState.Audio.ATTACHING), ringing.state);
        var elsewhere = new Life().talking();
        CallState before = elsewhere.state;
        elsewhere.on(new Event.Adopted(false));
        assertEquals(before, elsewhere.state);
    }

    @Test
    void what_the_carrier_keeps_together_outlives_us() {
        assertTrue(new Life().talking().state.outlivesUs());
        assertTrue(new CallState.Dialing(true).outlivesUs());
        assertFalse(new CallState.Dialing(false).outlivesUs());
        assertFalse(new CallState.Attending(CallState.Audio.ATTACHED).outlivesUs());
        assertTrue(new Life().talking().on(new Event.LeaveAsked()).state.outlivesUs());
        assertFalse(
                new Life()
                        .talking()
                        .on(new Event.EndAsked(Reason.OPERATOR_HUNG_UP))
                        .state
                        .outlivesUs());
        assertFalse(new Life().talking().on(new ConnectionEvent.TakenOver()).state.outlivesUs());
    }
}
