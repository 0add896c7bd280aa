package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.bus.VoiceOverSettings;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

class InterpreterTest extends NumberCall {
    @Test
    void what_the_caller_says_is_spoken_translated_to_the_destination_alone() {
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        destination.play();
        caller.play();
        assertEquals(List.of(50), destination.heard());
        assertEquals(List.of(), caller.heard());
        say(destination, 7);
        caller.play();
        assertEquals(List.of(), caller.heard(), "no relay was asked for");
    }

    @Test
    void with_relay_each_hears_the_other_and_nobody_himself() {
        start(ENGLISH, SPANISH, true);
        say(caller, 5);
        say(destination, 7);
        destination.play();
        caller.play();
        assertEquals(List.of(50), destination.heard());
        assertEquals(List.of(70), caller.heard());
    }

    @Test
    void people_who_speak_the_same_language_get_no_interpreter() {
        start(new Language("es-MX"), SPANISH, true);
        say(caller, 5);
        destination.play();
        assertEquals(List.of(), destination.heard());
        assertEquals(List.of(), words.open);
    }

    @Test
    void the_voice_sinks_under_its_translation_and_rises_again() {
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        assertEquals(List.of(), caller.levels, "nothing sounds yet");
        destination.play();
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(List.of(), destination.levels);
    }

    @Test
    void a_translator_that_fails_costs_one_utterance_and_not_the_next() {
        tens.refused = "5";
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        say(caller, 6);
        destination.play();
        assertEquals(List.of(60), destination.heard());
        assertEquals(1, meters.translationFailed().count());
        assertEquals(1, meters.spoken().count());
    }

    @Test
    void a_synthesizer_that_stays_silent_is_given_up_and_what_waited_is_not_said_late() {
        voice.hangs = "50";
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        say(caller, 6);
        loop.advance(Duration.ofSeconds(6));
        destination.play();
        assertEquals(List.of(), destination.heard());
        assertEquals(1, meters.synthesisFailed().count());
        assertEquals(1, meters.dropped().count());
        say(caller, 7);
        destination.play();
        assertEquals(List.of(70), destination.heard());
        assertEquals(
                List.of(
                        new Availability(Party.CALLER, Set.of(Stage.SYNTHESIS)),
                        new Availability(Party.CALLER, Set.of())),
                availability);
    }

    @Test
    void a_voice_that_was_lost_is_heard_again_once_it_speaks_to_the_end() {
        voice.hangs = "50";
        voice.breaksOff = "60";
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        loop.advance(Duration.ofSeconds(6));
        say(caller, 6);
        destination.play();
        loop.advance(Duration.ofSeconds(3));
        assertEquals(List.of(), destination.heard(), "pieces of a voice that breaks off again");
        assertEquals(List.of(), caller.levels);
        assertEquals(
                List.of(new Availability(Party.CALLER, Set.of(Stage.SYNTHESIS))), availability);
        say(caller, 7);
        destination.play();
        assertEquals(List.of(70), destination.heard());
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(new Availability(Party.CALLER, Set.of()), availability.getLast());
    }

    @Test
    void what_sounds_when_the_recognizer_is_lost_ends_at_once_and_the_voice_comes_back() {
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        destination.playFrame();
        assertEquals(List.of("sunk"), caller.levels);
        words.open
                .getFirst()
                .onFailure(new SpeechException(SpeechException.Kind.UNREACHABLE, "as scripted"));
        loop.settle();
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(
                List.of(new Availability(Party.CALLER, Set.of(Stage.RECOGNITION))), availability);
        assertEquals(1, meters.dropped().count());
        loop.advance(Duration.ofSeconds(1));
        words.open.getLast().onReady();
        loop.settle();
        assertEquals(new Availability(Party.CALLER, Set.of()), availability.getLast());
    }

    @Test
    void what_was_said_in_the_listeners_language_is_left_alone() {
        start(ENGLISH, SPANISH, false);
        words.open
                .getFirst()
                .onTranscript(new TranscriptEvent.Final("Muy bien", 0, 1600, Optional.of(SPANISH)));
        loop.settle();
        assertEquals(List.of(), tens.asked);
        assertEquals(1, filterMeters.sameLanguage().count());
    }

    @Test
    void a_sound_that_is_no_word_is_not_voiced_and_a_word_beside_it_is() {
        start(ENGLISH, SPANISH, false);
        hear("Uhh...");
        hear("Um, 7");
        destination.play();
        assertEquals(List.of(70), destination.heard());
        assertEquals(2, filterMeters.fillers().count());
    }

    @Test
    void a_translation_that_comes_back_through_the_listeners_microphone_is_not_translated_back() {
        voice.samples = 2 * AudioFrame.TELEPHONE_RATE;
        destination.playBy(loop);
        start(ENGLISH, SPANISH, true);
        say(caller, 5);
        echo(destination, 50);
        caller.play();
        assertEquals(List.of(), caller.heard());
        assertEquals(1, filterMeters.echoes().count());
        loop.advance(Duration.ofSeconds(5));
        say(destination, 50);
        caller.play();
        assertEquals(List.of(500), caller.heard(), "he says it himself");
    }

    @Test
    void a_clause_is_translated_while_they_still_speak_and_the_rest_at_the_end() {
        start(ENGLISH, SPANISH, false);
        settle("Good", "morning.", "how");
        assertEquals(List.of("Good morning."), asked());
        settle("Good", "morning.", "how", "are", "you");
        hear("Good morning. How are you?");
        assertEquals(List.of("Good morning.", "How are you?"), asked());
        assertEquals(List.of("Good morning."), tens.asked.getLast().context());
    }

    @Test
    void nothing_is_translated_before_the_end_where_the_operator_wants_whole_utterances() {
        settings =
                new LaneSettings(
                        CommitMode.UTTERANCE,
                        SpeculationSettings.NONE,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        new LagSettings(Duration.ofSeconds(8), 1.25),
                        VoiceOverSettings.USUAL);
        start(ENGLISH, SPANISH, false);
        settle("Good", "morning.", "how");
        hear("Good morning. How are you?");
        assertEquals(List.of("Good morning. How are you?"), asked());
    }

    @Test
    void a_clause_in_the_listeners_language_is_left_alone() {
        start(ENGLISH, SPANISH, false);
        settle("Muchas", "gracias", "por", "su", "llamada.", "the");
        assertEquals(List.of(), asked());
        assertEquals(1, filterMeters.sameLanguage().count());
    }

    @Test
    void words_are_translated_once_the_speaker_has_paused_behind_them() {
        start(ENGLISH, SPANISH, false);
        caller.say(5, 25);
        settle("where", "is", "the", "nearest", "hospital");
        caller.say(0, 14);
        loop.settle();
        assertEquals(List.of(), asked());
        caller.say(0, 1);
        loop.settle();
        assertEquals(List.of("where is the nearest hospital"), asked());
        hear("Where is the nearest hospital?", 4000);
        assertEquals(List.of("where is the nearest hospital"), asked());
    }

    private static final LaneSettings SPECULATING =
            new LaneSettings(
                    CommitMode.CLAUSE,
                    new SpeculationSettings(true, 1.6, 1.25),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    new LagSettings(Duration.ofSeconds(8), 1),
                    VoiceOverSettings.USUAL);

    @Test
    void what_is_likely_is_there_when_it_is_committed_and_was_heard_by_nobody_before() {
        settings = SPECULATING;
        start(ENGLISH, SPANISH, false);
        caller.say(5, 10);
        newest("1", "2");
        assertEquals(List.of(), asked(), "they may be speaking on");
        caller.say(0, 3);
        loop.settle();
        assertEquals(List.of("1 2"), asked());
        destination.play();
        assertEquals(List.of(), destination.heard());
        hear("1 2.", 1600);
        destination.play();
        assertEquals(List.of("1 2"), asked());
        assertEquals(List.of(120), destination.heard());
        assertEquals(1, meters.speculation().used().count());
    }

    @Test
    void what_turns_out_otherwise_is_never_heard() {
        settings = SPECULATING;
        start(ENGLISH, SPANISH, false);
        caller.say(5, 10);
        newest("1", "2");
        caller.say(0, 3);
        loop.settle();
        caller.say(5, 5);
        newest("1", "2", "3");
        caller.say(0, 3);
        loop.settle();
        hear("1 2 3 4", 3200);
        destination.play();
        assertEquals(List.of("1 2", "1 2 3", "1 2 3 4"), asked());
        assertEquals(List.of(12340), destination.heard());
        assertEquals(2, meters.speculation().discarded().count());
        assertEquals(8, meters.speculation().translatedInVain().count());
    }

    @Test
    void what_was_begun_ahead_and_failed_is_begun_again_and_was_no_outage() {
        settings = SPECULATING;
        start(ENGLISH, SPANISH, false);
        tens.refused = "1 2";
        caller.say(5, 10);
        newest("1", "2");
        caller.say(0, 3);
        loop.settle();
        tens.refused = "";
        hear("1 2", 1600);
        destination.play();
        assertEquals(List.of(120), destination.heard());
        assertEquals(List.of(), availability);
    }

    @Test
    void nothing_is_begun_ahead_while_the_translator_is_on_trial() {
        settings = SPECULATING;
        tens.onTrial = true;
        start(ENGLISH, SPANISH, false);
        caller.say(5, 10);
        newest("1", "2");
        caller.say(0, 3);
        loop.settle();
        assertEquals(List.of(), asked());
        hear("1 2", 1600);
        destination.play();
        assertEquals(List.of("1 2"), asked());
        assertFalse(tens.asked.getLast().speculative());
        assertEquals(List.of(120), destination.heard());
        assertEquals(0, meters.speculation().discarded().count());
    }

    @Test
    void a_voice_on_trial_is_asked_for_what_was_translated_ahead_once_it_is_committed() {
        settings = SPECULATING;
        voice.onTrial = true;
        start(ENGLISH, SPANISH, false);
        caller.say(5, 10);
        newest("1", "2");
        caller.say(0, 3);
        loop.settle();
        assertEquals(List.of("1 2"), asked());
        assertTrue(tens.asked.getLast().speculative());
        assertEquals(List.of(), voice.asked);
        hear("1 2", 1600);
        destination.play();
        assertEquals(List.of("1 2"), asked());
        assertEquals(List.of(120), destination.heard());
    }

    @Test
    void an_utterance_whose_words_so_far_sound_complete_ends_sooner() {
        start(ENGLISH, SPANISH, false);
        caller.say(5, 25);
        caller.say(0, 14);
        tentative("where is the nearest hospital", 39);
        assertEquals(List.of(), asked());
        caller.say(0, 1);
        loop.settle();
        assertEquals(List.of("5"), asked());
    }

    @Test
    void one_whose_words_lean_on_more_does_not() {
        start(ENGLISH, SPANISH, false);
        caller.say(5, 25);
        caller.say(0, 27);
        tentative("where is the", 39);
        assertEquals(List.of(), asked());
        caller.say(0, 1);
        loop.settle();
        assertEquals(List.of("5"), asked());
    }

    @Test
    void none_ends_sooner_where_the_operator_wants_whole_utterances() {
        settings =
                new LaneSettings(
                        CommitMode.UTTERANCE,
                        SpeculationSettings.NONE,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        settings.lag(),
                        settings.voiceOver());
        start(ENGLISH, SPANISH, false);
        caller.say(5, 25);
        caller.say(0, 27);
        tentative("where is the nearest hospital", 39);
        assertEquals(List.of(), asked());
    }

    /// The caller's recognizer makes this of their first `frames` frames.
    private void tentative(String heard, int frames) {
        words.open
                .getFirst()
                .onTranscript(new TranscriptEvent.Partial(List.of(), "", heard, 0, frames * 160L));
        loop.settle();
    }

    private List<String> asked() {
        return tens.asked.stream().map(TranslationRequest::text).toList();
    }

    /// The caller's recognizer has heard these words, 100 ms each, and settled all but the last.
    private void newest(String... heard) {
        List<TranscriptEvent.Word> all = words(heard);
        words.open
                .getFirst()
                .onTranscript(
                        new TranscriptEvent.Partial(
                                all.subList(0, all.size() - 1),
                                List.of(all.getLast()),
                                "",
                                "",
                                0,
                                all.getLast().end()));
        loop.settle();
    }

    private static List<TranscriptEvent.Word> words(String... heard) {
        List<TranscriptEvent.Word> all = new ArrayList<>();
        for (String word : heard) {
            all.add(new TranscriptEvent.Word(word, all.size() * 800L, all.size() * 800L + 800));
        }
        return all;
    }

    /// The caller's recognizer has settled these words of an utterance that goes on, 100 ms each.
    private void settle(String... settled) {
        List<TranscriptEvent.Word> all = words(settled);
        words.open
                .getFirst()
                .onTranscript(new TranscriptEvent.Partial(all, "", "", 0, all.getLast().end()));
        loop.settle();
    }

    @Test
    void recognizers_are_told_what_the_operator_expects_to_be_said() {
        start(ENGLISH, SPANISH, false);
        assertEquals(List.of("Acme"), words.asked.getFirst().keyTerms());
        assertEquals(SPANISH, words.asked.getFirst().other());
    }

    /// The caller's recognizer tells this.
    private void hear(String text) {
        hear(text, 1600);
    }

    private void hear(String text, long end) {
        words.open
                .getFirst()
                .onTranscript(new TranscriptEvent.Final(text, 0, end, Optional.empty()));
        loop.settle();
    }

    @Test
    void a_text_the_translator_refuses_is_no_outage() {
        tens.refused = "5";
        tens.kind = SpeechException.Kind.REQUEST;
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        assertEquals(List.of(), availability);
        assertEquals(1, meters.translationFailed().count());
    }

    @Test
    void a_lost_recognizer_is_opened_again_later() throws Exception {
        start(ENGLISH, SPANISH, false);
        words.open
                .getFirst()
                .onFailure(new SpeechException(SpeechException.Kind.UNREACHABLE, "as scripted"));
        loop.settle();
        say(caller, 5);
        destination.play();
        assertEquals(List.of(), destination.heard(), "nobody listens just now");
        loop.advance(Duration.ofSeconds(1));
        assertEquals(2, words.open.size());
        say(caller, 6);
        destination.play();
        assertEquals(List.of(60), destination.heard());
        assertEquals(1, meters.recognitionFailed().count());
    }

    @Test
    void what_a_direct_interpreter_speaks_is_voiced_and_told_of_like_any_translation() {
        startDirect();
        tongue.speaks(5);
        loop.settle();
        destination.play();
        assertEquals(List.of(50), destination.heard());
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(1, meters.spoken().count());
        assertEquals(4, progress.size(), "committed, translated, sounding, sounded");
        assertEquals("50", progress.getLast().translated());
    }

    @Test
    void what_a_direct_interpreter_breaks_off_ends_at_once_and_the_next_is_voiced() {
        startDirect();
        tongue.begins(5);
        loop.settle();
        destination.playFrame();
        tongue.open.getLast().onUtteranceBroken();
        tongue.sounds(5);
        loop.advance(Duration.ofMillis(100));
        assertEquals(List.of("sunk", "risen"), caller.levels);
        tongue.speaks(6);
        loop.settle();
        destination.play();
        assertEquals(List.of(50, 60), destination.heard());
        assertEquals(1, meters.dropped().count());
        assertEquals(1, meters.spoken().count());
        assertEquals(List.of(), availability);
    }

    @Test
    void words_that_come_in_a_direct_interpreters_stead_are_translated_and_voiced_in_order() {
        startDirect();
        tongue.speaks(5);
        tongue.reserved
                .getLast()
                .onTranscript(new TranscriptEvent.Final("6", 0, 1600, Optional.empty()));
        loop.settle();
        tongue.speaks(7);
        loop.settle();
        destination.play();
        assertEquals(List.of(50, 60, 70), destination.heard());
        assertEquals(
                List.of(1, 2, 3), progress.stream().map(Progress::utterance).distinct().toList());
    }

    @Test
    void a_direct_answer_ends_an_outage_of_the_engines_behind() {
        tens.refused = "5";
        startDirect();
        tongue.reserved
                .getLast()
                .onTranscript(new TranscriptEvent.Final("5", 0, 1600, Optional.empty()));
        loop.settle();
        tongue.open.getLast().onNothing(1600, 3200);
        loop.settle();
        assertEquals(
                List.of(
                        new Availability(Party.CALLER, Set.of(Stage.TRANSLATION)),
                        new Availability(Party.CALLER, Set.of())),
                availability);
    }

    @Test
    void what_sounds_when_the_last_direct_interpreter_is_lost_ends_and_is_not_said_later() {
        startDirect();
        tongue.speaks(5);
        tongue.speaks(6);
        loop.settle();
        destination.playFrame();
        tongue.open
                .getLast()
                .onFailure(new SpeechException(SpeechException.Kind.UNREACHABLE, "as scripted"));
        loop.settle();
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(2, meters.dropped().count());
        loop.advance(Duration.ofSeconds(1));
        assertEquals(2, tongue.open.size());
        tongue.open.getLast().onReady();
        loop.settle();
        destination.play();
        assertEquals(List.of(50), destination.heard());
        assertEquals(
                List.of(
                        new Availability(Party.CALLER, Set.of(Stage.DIRECT)),
                        new Availability(Party.CALLER, Set.of())),
                availability);
    }

    @Test
    void engines_that_cannot_do_the_languages_are_no_reserve() {
        tens.able = false;
        startDirect();
        assertEquals(1, tongue.open.size());
        assertEquals(List.of(), tongue.reserved);
    }

    @Test
    void closing_drops_what_was_not_said_and_brings_the_voice_back() {
        Interpreter interpreter = start(ENGLISH, SPANISH, false);
        say(caller, 5);
        interpreter.close();
        destination.play();
        say(caller, 6);
        destination.play();
        assertEquals(List.of(), destination.heard());
        assertEquals(1, words.closed);
        assertEquals(0, meters.spoken().count());
        assertTrue(
                caller.levels.isEmpty() || caller.levels.getLast().equals("risen"),
                "left at " + caller.levels);
    }

    @Test
    void the_translator_is_told_what_the_same_speaker_said_just_before() {
        start(ENGLISH, SPANISH, false);
        for (int word = 1; word <= 5; word++) {
            say(caller, word);
            destination.play();
        }
        assertEquals(List.of("2", "3", "4"), tens.asked.getLast().context());
    }

    @Test
    void progress_is_told_step_by_step_with_times_that_follow_each_other() {
        start(ENGLISH, SPANISH, false);
        say(caller, 5);
        loop.advance(Duration.ofMillis(30));
        destination.play();
        Progress last = progress.getLast();
        assertEquals("5", last.said());
        assertEquals("50", last.translated());
        assertTrue(last.speechStart() < last.speechEnd(), last.toString());
        assertTrue(last.speechEnd() <= last.committed(), last.toString());
        assertEquals(4, progress.size(), "committed, translated, sounding, sounded");
    }

    @Test
    void a_wall_clock_that_is_set_distorts_no_times() {
        for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
            Interpreter interpreter = start(ENGLISH, SPANISH, true);
            say(caller, 5);
            loop.stepWallClock(step);
            loop.advance(Duration.ofMillis(300));
            destination.playFrame();
            loop.stepWallClock(step.negated());
            loop.advance(Duration.ofMillis(1400));
            destination.play();
            interpreter.close();

            Progress spoken =
                    progress.stream()
                            .filter(each -> each.speaker() == Party.CALLER)
                            .reduce((_, last) -> last)
                            .orElseThrow();
            assertEquals(300, Objects.requireNonNull(spoken.firstAudio()) - spoken.committed());
            assertEquals(1700, Objects.requireNonNull(spoken.audioEnd()) - spoken.committed());
            assertEquals(560.0, (double) (spoken.committed() - spoken.speechEnd()), 240.0);
        }
        double longest = meters.firstAudio().max(TimeUnit.MILLISECONDS);
        assertTrue(longest < 1500, longest + " ms from the end of speech to its translation");
    }

    @Test
    void utterances_are_numbered_on_when_interpretation_begins_again() {
        for (int word = 5; word < 7; word++) {
            Interpreter interpreter = start(ENGLISH, SPANISH, true);
            say(caller, word);
            say(destination, word);
            interpreter.close();
        }
        assertEquals(List.of(1, 2), numbersOf(Party.CALLER));
        assertEquals(List.of(1, 2), numbersOf(Party.DESTINATION));
    }

    private List<Integer> numbersOf(Party speaker) {
        return progress.stream()
                .filter(step -> step.speaker() == speaker)
                .map(Progress::utterance)
                .distinct()
                .toList();
    }
}
