package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentBuilder;
import io.sandalphone.agent.Agents;
import io.sandalphone.brain.EchoWords;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.NumberSettings;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;
import io.sandalphone.translate.InterpreterDependencies;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Calls in which an agent puts its caller through, in virtual time.
class TransferCallTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeConnection connection = new FakeConnection(loop);
    private final SilentEngines.Ears ears = new SilentEngines.Ears();
    private final Voice voice = new Voice();
    private final Words words = new Words();
    private final List<CallEvent> told = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private boolean dayUsedUp;

    /// Says each character in 10 ms.
    private static final class Voice implements Synthesizer {
        final List<String> said = new ArrayList<>();
        boolean slow;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean speaks(Language language) {
            return true;
        }

        @Override
        public void synthesize(SynthesisRequest request, PcmSink out) {
            if (slow) {
                throw new VirtualLoop.NeverEnds();
            }
            said.add(request.language() + ": " + request.text());
            out.accept(new short[request.text().length() * 80]);
        }
    }

    private static final class Words implements Translator {
        boolean fails;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) throws SpeechException {
            if (fails) {
                throw new SpeechException(SpeechException.Kind.UNREACHABLE, "test");
            }
            return request.text() + " in " + request.to();
        }
    }

    private CallSession call(Person... people) {
        InterpreterDependencies silent = SilentEngines.dependencies(ears, loop, registry);
        var dependencies =
                new InterpreterDependencies(
                        new SpeechEngines(ears, words, voice, Optional.empty()),
                        silent.settings(),
                        silent.utterances(),
                        silent.voiceDetectors(),
                        silent.glossary(),
                        silent.health(),
                        silent.meters(),
                        silent.utteranceMeters(),
                        silent.levelMeters(),
                        silent.filterMeters(),
                        silent.announcements());
        var reached = new People(List.of(people), Optional.empty());
        var by =
                new Participants.Attended(
                        "desk",
                        reached,
                        number -> {
                            counted.add("begun " + number);
                            return dayUsedUp
                                    ? Optional.empty()
                                    : Optional.of(() -> counted.add("over " + number));
                        });
        var english = new Language("en");
        var participants =
                new Participants(
                        "7f3",
                        CallView.Direction.INBOUND,
                        "+12125550109",
                        Optional.empty(),
                        CallerId.UNKNOWN,
                        CallerId.of("+12125550101"),
                        Optional.of(CallService.Attending.VIA),
                        Optional.of(by),
                        CallerId.of("+12125550109"),
                        new Called("12125550101", NumberSettings.NONE, Optional.empty()),
                        Samples.TERMS.between(english, english));
        var session =
                new CallSession(
                        participants,
                        Optional.empty(),
                        connection,
                        dependencies,
                        agents(reached),
                        Samples.freeOfCharge(),
                        CallMeters.register(registry),
                        told::add,
                        _ -> {});
        session.begin(new Event.AdmittedToAgent());
        connection.happen(
                new ConnectionEvent.Answered(Party.CALLER), new ConnectionEvent.AudioAttached());
        loop.settle();
        connection.asked.clear();
        voice.said.clear();
        return session;
    }

    private Agents agents(People people) {
        var settings = new AgentBuilder().transfer(people.choice()).settings();
        var dependencies =
                AgentBuilder.dependencies(ears, voice, SilentEngines.Deaf::new, registry);
        return new Agents(Map.of("desk", new Agent(settings, new EchoWords(), dependencies)));
    }

    private void transfer(CallSession call) {
        transfer(call, Samples.TRANSFER);
    }

    private void transfer(CallSession call, Transfer transfer) {
        call.tell(new Event.TransferAsked(transfer));
        loop.settle();
    }

    private Dial dialled() {
        return Objects.requireNonNull(connection.dialled);
    }

    private double transfers(String result) {
        return registry.get("sandalphone.call.transfers").tag("result", result).counter().count();
    }

    @Test
    void a_person_of_another_language_is_told_why_in_it_joined_and_interpreted_both_ways() {
        CallSession call = call(Samples.PERSON);
        transfer(call);
        assertEquals(List.of("dial DESTINATION"), connection.asked);
        assertEquals(Samples.PERSON.reached().destination(), dialled().destination());
        assertEquals(Optional.of("twilio"), dialled().via());
        assertEquals("+12125550101", dialled().callerId().number());
        assertEquals("transferring", call.view().state());
        assertEquals(0, ears.open, "the agent hears no more");
        assertEquals(List.of("es: They want a room. in es"), voice.said);
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals("join after 230 ms", connection.asked.getLast());
        connection.happen(new ConnectionEvent.Joined(), new ConnectionEvent.AudioAttached());
        loop.settle();
        CallView view = call.view();
        assertEquals("talking", view.state());
        assertEquals(new Language("es"), view.destinationLanguage());
        assertEquals("…678", view.destination());
        assertTrue(view.relay());
        assertEquals(2, ears.open, "both are interpreted");
        assertEquals(1, transfers("joined"));
        connection.happen(
                new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NORMAL),
                new ConnectionEvent.Released());
        assertEquals(0, ears.open);
        assertEquals(List.of("begun +525512345678", "over +525512345678"), counted);
        assertEquals(
                new CallEvent.Ended("7f3", "completed", "destination-hung-up", loop.epochMillis()),
                told.getLast());
    }

    @Test
    void two_of_one_language_are_joined_and_nobody_listens_in() {
        var person = new Person("sales", Samples.PERSON.reached(), Optional.empty());
        CallSession call = call(person);
        transfer(call, new Transfer(person, "They want a room."));
        assertEquals(List.of("en: They want a room."), voice.said);
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        connection.asked.clear();
        connection.happen(new ConnectionEvent.Joined());
        loop.settle();
        assertEquals(List.of(), connection.asked);
        assertEquals(0, ears.open);
        assertFalse(call.view().relay());
    }

    @Test
    void whoever_is_not_reached_leaves_the_caller_with_the_agent_who_says_so() {
        CallSession call = call(Samples.PERSON);
        transfer(call);
        connection.happen(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.NO_ANSWER));
        loop.settle();
        assertEquals("attending", call.view().state());
        assertEquals(1, ears.open);
        assertEquals(Set.of("speak CALLER"), Set.copyOf(connection.spoken));
        assertEquals(new Language("en"), call.view().destinationLanguage());
        assertEquals("…", call.view().destination());
        assertEquals(1, transfers("not-reached"));
        assertEquals(List.of("begun +525512345678", "over +525512345678"), counted);
    }

    @Test
    void after_three_who_were_not_reached_no_more_are_rung() {
        CallSession call = call(Samples.PERSON);
        for (int i = 0; i < 3; i++) {
            transfer(call);
            connection.happen(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.BUSY));
            loop.settle();
        }
        assertEquals(3, transfers("not-reached"));
        connection.asked.clear();
        transfer(call);
        assertEquals(List.of(), connection.asked);
        assertEquals(1, transfers("refused"));
        assertEquals("attending", call.view().state());
    }

    @Test
    void whose_day_is_used_up_is_not_rung() {
        dayUsedUp = true;
        CallSession call = call(Samples.PERSON);
        transfer(call);
        assertEquals(List.of(), connection.asked);
        assertEquals("attending", call.view().state());
        assertEquals(Set.of("speak CALLER"), Set.copyOf(connection.spoken));
        assertEquals(1, transfers("refused"));
    }

    @Test
    void a_caller_who_hangs_up_while_it_rings_ends_it_at_once() {
        CallSession call = call(Samples.PERSON);
        transfer(call);
        connection.happen(new ConnectionEvent.Gone(Party.CALLER, HangupCause.NORMAL));
        assertEquals("release NORMAL", connection.asked.getLast());
        connection.happen(new ConnectionEvent.Released());
        assertEquals(1, transfers("given-up"));
        assertEquals(List.of("begun +525512345678", "over +525512345678"), counted);
        assertEquals("ended", call.view().state());
    }

    @Test
    void a_person_waits_no_longer_than_two_seconds_for_what_they_are_to_hear() {
        CallSession call = call(Samples.PERSON);
        voice.slow = true;
        transfer(call);
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        loop.advance(Duration.ofMillis(1900));
        assertEquals("dial DESTINATION", connection.asked.getLast());
        loop.advance(Duration.ofMillis(200));
        assertEquals("join after 0 ms", connection.asked.getLast());
    }

    @Test
    void a_reason_that_is_none_or_cannot_be_translated_is_that_it_is_a_call_of_the_agent() {
        CallSession call = call(Samples.PERSON);
        transfer(call, new Transfer(Samples.PERSON, " "));
        connection.happen(new ConnectionEvent.Gone(Party.DESTINATION, HangupCause.BUSY));
        loop.settle();
        words.fails = true;
        transfer(call);
        assertEquals(
                List.of(
                        "es: Tiene una llamada de nuestro asistente.",
                        "es: Tiene una llamada de nuestro asistente."),
                voice.said);
    }

    @Test
    void a_reason_is_read_aloud_as_words_and_not_for_long() {
        var person = new Person("sales", Samples.PERSON.reached(), Optional.empty());
        CallSession call = call(person);
        transfer(
                call,
                new Transfer(
                        person, "**They** want [a room](http://x.y)." + " and so on".repeat(90)));
        String said = voice.said.getFirst();
        assertTrue(said.startsWith("en: They want a room. and so on"), said);
        assertTrue(said.length() <= 204, said);
    }

    @Test
    void a_phone_that_rings_for_an_agent_is_known_where_calls_come_back() {
        CallSession call = call(Samples.PERSON);
        assertEquals(Optional.empty(), call.attempt());
        loop.advance(Duration.ofMinutes(5));
        transfer(call);
        LoopDetector.Attempt attempt = call.attempt().orElseThrow();
        assertEquals("+525512345678", attempt.number());
        assertEquals("+12125550109", attempt.caller());
        assertEquals(Duration.ZERO, attempt.age());
        connection.happen(new ConnectionEvent.Answered(Party.DESTINATION));
        assertEquals(Optional.empty(), call.attempt());
    }

    @Test
    void browsers_are_rung_that_stand_by_for_the_number_that_was_called() {
        var person =
                new Person(
                        "sales",
                        new CallService.Interpreting(
                                new Browser("*"), Optional.of(Browser.CARRIER)),
                        Optional.empty());
        transfer(call(person), new Transfer(person, ""));
        assertEquals(new Browser("12125550101"), dialled().destination());
        assertEquals("+12125550109", dialled().callerId().number());
        assertEquals(List.of("begun "), counted);
    }

    @Test
    void what_a_model_says_chooses_among_names_and_is_dialled_by_nobody() {
        var sales = new Person("sales", Samples.PERSON.reached(), Optional.empty());
        var people = new People(List.of(Samples.PERSON, sales), Optional.empty());
        assertEquals(sales, people.find(Optional.of("sales")));
        assertEquals(Samples.PERSON, people.find(Optional.empty()));
        assertEquals(Samples.PERSON, people.find(Optional.of("+19005550199")));
        assertEquals(List.of("reception", "sales"), people.choice().names());
    }
}
