package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.agent.FloorEffect.Answer;
import io.sandalphone.agent.FloorEffect.Hold;
import io.sandalphone.agent.FloorEffect.Interrupt;
import io.sandalphone.agent.FloorEffect.Resume;
import io.sandalphone.agent.FloorEffect.Start;
import io.sandalphone.agent.FloorEvent.AgentFailed;
import io.sandalphone.agent.FloorEvent.AgentFinished;
import io.sandalphone.agent.FloorEvent.AgentSounds;
import io.sandalphone.agent.FloorEvent.AgentWaits;
import io.sandalphone.agent.FloorEvent.SpeechBegan;
import io.sandalphone.agent.FloorEvent.SpeechEnded;
import io.sandalphone.agent.FloorEvent.SpeechIsReal;
import io.sandalphone.agent.FloorEvent.SpeechPaused;
import io.sandalphone.agent.FloorEvent.TimeOver;
import io.sandalphone.agent.FloorEvent.WordsForming;
import io.sandalphone.agent.FloorEvent.WordsHeard;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class FloorTest {
    private Floor floor = Floor.listening();

    private final List<FloorEffect> effects = new ArrayList<>();

    private List<FloorEffect> on(FloorEvent... events) {
        effects.clear();
        for (FloorEvent event : events) {
            Floor.Step step = floor.on(event);
            floor = step.next();
            effects.addAll(step.effects());
        }
        return List.copyOf(effects);
    }

    private static WordsHeard words(String text) {
        return new WordsHeard(text, false, false);
    }

    private static TimeOver over(FloorTimer timer) {
        return new TimeOver(timer);
    }

    /// Until the agent speaks.
    private void agentSpeaks() {
        on(
                new SpeechBegan(false),
                new SpeechEnded(false, false),
                words("hello"),
                over(FloorTimer.PAUSE),
                new AgentSounds());
        assertEquals(Floor.Agent.SPEAKING, floor.agent());
    }

    @Test
    void who_is_silent_for_a_pause_is_answered() {
        assertTrue(
                on(new SpeechBegan(false), new SpeechEnded(false, false), words("hello"))
                        .contains(new Start(FloorTimer.PAUSE)));
        assertTrue(on(over(FloorTimer.PAUSE)).contains(new Answer("hello")));
    }

    @Test
    void who_goes_on_before_it_is_over_says_one_turn() {
        on(new SpeechBegan(false), new SpeechEnded(false, false), words("hello"));
        on(new SpeechBegan(false), over(FloorTimer.PAUSE));
        assertEquals(Floor.Agent.SILENT, floor.agent());
        on(new SpeechEnded(false, false), words("how are you"));
        assertTrue(on(over(FloorTimer.PAUSE)).contains(new Answer("hello how are you")));
    }

    @Test
    void a_recognizer_that_knows_the_end_is_believed() {
        on(new SpeechBegan(false));
        assertTrue(on(new WordsHeard("hello", true, false)).contains(new Answer("hello")));
    }

    @Test
    void without_words_there_is_no_turn() {
        on(
                new SpeechBegan(false),
                new SpeechEnded(false, false),
                words(" "),
                over(FloorTimer.PAUSE));
        assertEquals(Floor.Agent.SILENT, floor.agent());
    }

    @Test
    void speech_over_the_voice_holds_it_and_words_interrupt() {
        agentSpeaks();
        assertTrue(on(new SpeechBegan(false)).contains(new Hold()));
        assertTrue(on(new WordsForming(false)).contains(new Interrupt()));
        assertEquals(Floor.Agent.SILENT, floor.agent());
        on(new SpeechEnded(false, false), words("wait"));
        assertTrue(on(over(FloorTimer.PAUSE)).contains(new Answer("wait")));
    }

    @Test
    void a_cough_lets_it_go_on() {
        agentSpeaks();
        on(new SpeechBegan(false));
        assertFalse(on(new SpeechPaused(500, 200)).contains(new Resume()), "long");
        assertFalse(on(new SpeechPaused(200, 100)).contains(new Resume()), "goes on perhaps");
        assertTrue(on(new SpeechPaused(200, 160)).contains(new Resume()));
        assertEquals(List.of(), on(new SpeechEnded(true, false)));
    }

    @Test
    void what_ends_without_words_lets_it_go_on() {
        agentSpeaks();
        on(new SpeechBegan(false), new SpeechEnded(false, false));
        assertTrue(on(words("")).contains(new Resume()));
    }

    @Test
    void what_the_recognizer_never_answers_lets_it_go_on() {
        agentSpeaks();
        on(new SpeechBegan(false), new SpeechEnded(false, false));
        assertTrue(on(over(FloorTimer.WORDS)).contains(new Resume()));
    }

    @Test
    void who_shows_that_they_listen_does_not_interrupt() {
        agentSpeaks();
        on(new SpeechBegan(false));
        assertEquals(List.of(), on(new WordsForming(true)));
        on(new SpeechEnded(false, false));
        assertTrue(on(new WordsHeard("yeah", false, true)).contains(new Resume()));
        assertEquals(Floor.Agent.SPEAKING, floor.agent());
    }

    @Test
    void the_same_word_into_its_silence_is_a_turn() {
        agentSpeaks();
        on(new AgentFinished(), new SpeechBegan(false), new SpeechEnded(false, false));
        on(new WordsHeard("yeah", false, false));
        assertTrue(on(over(FloorTimer.PAUSE)).contains(new Answer("yeah")));
    }

    @Test
    void after_a_false_alarm_sound_must_go_on_before_it_holds_the_voice() {
        agentSpeaks();
        on(new SpeechBegan(false), new SpeechPaused(200, 160), new SpeechEnded(true, false));
        assertFalse(on(new SpeechBegan(false)).contains(new Hold()));
        assertTrue(on(new SpeechIsReal()).contains(new Hold()));
    }

    @Test
    void on_a_line_that_echoes_too() {
        agentSpeaks();
        assertFalse(on(new SpeechBegan(true)).contains(new Hold()));
        assertTrue(on(new WordsForming(false)).contains(new Interrupt()));
    }

    @Test
    void who_speaks_before_the_answer_sounds_is_heard_first() {
        on(
                new SpeechBegan(false),
                new SpeechEnded(false, false),
                words("hello"),
                over(FloorTimer.PAUSE));
        assertTrue(on(new SpeechBegan(false)).contains(new Hold()));
        on(new SpeechEnded(false, false));
        assertTrue(on(words("and goodbye")).contains(new Interrupt()));
        assertTrue(on(over(FloorTimer.PAUSE)).contains(new Answer("and goodbye")));
    }

    @Test
    void who_talks_without_end_is_answered_all_the_same() {
        on(new SpeechBegan(false), words("one"), words("two"));
        assertTrue(on(over(FloorTimer.TURN)).contains(new Answer("one two")));
    }

    @Test
    void silence_before_the_answer_is_filled_and_in_the_end_apologised_for() {
        on(
                new SpeechBegan(false),
                new SpeechEnded(false, false),
                words("hello"),
                over(FloorTimer.PAUSE));
        for (int i = 0; i < Floor.MOST_WAITS; i++) {
            assertTrue(
                    on(over(FloorTimer.PATIENCE)).contains(new FloorEffect.AskForPatience()),
                    "wait " + i);
            assertTrue(
                    on(new AgentSounds(), new AgentWaits())
                            .contains(new Start(FloorTimer.PATIENCE)));
        }
        assertTrue(on(over(FloorTimer.PATIENCE)).contains(new FloorEffect.Apologise()));
    }

    @Test
    void what_cannot_be_answered_is_apologised_for() {
        on(
                new SpeechBegan(false),
                new SpeechEnded(false, false),
                words("hello"),
                over(FloorTimer.PAUSE));
        assertTrue(on(new AgentFailed()).contains(new FloorEffect.Apologise()));
        on(new AgentSounds(), new AgentFinished());
        assertEquals(Floor.Agent.SILENT, floor.agent());
    }

    @Test
    void every_event_is_answered_in_every_state_and_a_held_voice_is_let_go_or_cut() {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        List<FloorEvent> events =
                new ArrayList<>(
                        List.of(
                                new SpeechBegan(false),
                                new SpeechBegan(true),
                                new SpeechIsReal(),
                                new SpeechPaused(100, 200),
                                new SpeechPaused(900, 200),
                                new SpeechEnded(false, false),
                                new SpeechEnded(false, true),
                                new SpeechEnded(true, false),
                                new WordsForming(false),
                                new WordsForming(true),
                                words("word"),
                                words(""),
                                new WordsHeard("yes", false, true),
                                new WordsHeard("end", true, false),
                                new AgentSounds(),
                                new AgentWaits(),
                                new AgentFinished(),
                                new AgentFailed(),
                                new FloorEvent.WordsAwaited(),
                                new FloorEvent.CallerUnheard()));
        for (FloorTimer timer : FloorTimer.values()) {
            events.add(over(timer));
        }
        boolean held = false;
        for (int i = 0; i < 100_000; i++) {
            FloorEvent event = events.get(chance.nextInt(events.size()));
            for (FloorEffect effect : on(event)) {
                assertNotNull(effect);
                held =
                        switch (effect) {
                            case Hold _ -> true;
                            case Resume _, Interrupt _, FloorEffect.Apologise _ -> false;
                            case Answer _,
                                    Start _,
                                    FloorEffect.Cancel _,
                                    FloorEffect.AskForPatience _ ->
                                    held;
                        };
            }
            if (event instanceof AgentFinished) {
                held = false;
            }
            assertEquals(held, floor.held(), "seed " + seed + " step " + i + " " + event);
        }
    }
}
