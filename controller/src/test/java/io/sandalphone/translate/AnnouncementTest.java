package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Party;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What people are told before they are interpreted: eleven in English, twenty-two in Spanish.
class AnnouncementTest extends NumberCall {
    private final AnnouncementMeters counts =
            AnnouncementMeters.register(new SimpleMeterRegistry());

    @BeforeEach
    void announce() {
        announcements =
                new Announcements(
                        new AnnouncementSettings(true, Map.of("en", "11", "es", "22")), counts);
    }

    private void hearOut() {
        loop.settle();
        caller.play();
        destination.play();
        loop.settle();
    }

    @Test
    void each_is_told_in_their_own_language_and_then_interpreted() {
        start(ENGLISH, new Language("es-MX"), true);
        loop.settle();
        assertEquals(List.of(), words.open, "nobody listens before they were told");
        hearOut();
        assertEquals(List.of(11), caller.heard());
        assertEquals(List.of(22), destination.heard());
        assertEquals(List.of("sunk", "risen"), caller.levels);
        assertEquals(List.of("sunk", "risen"), destination.levels);
        assertEquals(2, words.open.size());
        assertEquals(2, counts.spoken().count());
        say(caller, 5);
        hearOut();
        assertEquals(List.of(22, 50), destination.heard());
    }

    @Test
    void nobody_is_interpreted_while_one_of_them_is_still_told() {
        start(ENGLISH, SPANISH, true);
        loop.settle();
        caller.play();
        loop.settle();
        assertEquals(List.of(), words.open);
        hearOut();
        assertEquals(2, words.open.size());
    }

    @Test
    void a_voice_that_hangs_is_given_up_and_who_was_not_told_is_told_later() {
        voice.hangs = "22";
        start(ENGLISH, SPANISH, false);
        loop.settle();
        caller.play();
        loop.advance(Duration.ofSeconds(5));
        assertEquals(1, counts.failed().count());
        assertEquals(
                List.of(new Availability(Party.CALLER, Set.of(Stage.SYNTHESIS))), availability);
        assertEquals(List.of(), caller.levels, "nothing sounded over their voice");
        assertEquals(List.of(), words.open);
        voice.hangs = "";
        loop.advance(Duration.ofSeconds(10));
        hearOut();
        assertEquals(List.of(22), destination.heard());
        assertEquals(List.of(11), caller.heard(), "told once");
        assertEquals(1, words.open.size());
        assertEquals(new Availability(Party.CALLER, Set.of()), availability.getLast());
    }

    @Test
    void who_hangs_up_under_it_leaves_no_voice_low_and_nobody_listening() {
        var interpreter = start(ENGLISH, SPANISH, true);
        loop.settle();
        destination.playFrame();
        assertEquals(List.of("sunk"), caller.levels);
        interpreter.close();
        assertEquals(List.of("sunk", "risen"), caller.levels);
        hearOut();
        loop.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), words.open);
        assertEquals(0, counts.spoken().count());
    }

    @Test
    void an_interpreter_that_ends_with_the_last_sound_of_it_begins_nothing() {
        var interpreter = start(ENGLISH, SPANISH, true);
        loop.settle();
        caller.play();
        destination.play();
        interpreter.close();
        loop.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), words.open);
    }

    @Test
    void nobody_is_told_twice_when_the_sound_of_the_call_was_lost() {
        start(ENGLISH, SPANISH, false).close();
        start(ENGLISH, SPANISH, false);
        hearOut();
        start(ENGLISH, SPANISH, false);
        loop.settle();
        assertEquals(List.of(22), destination.heard());
        assertEquals(2, counts.spoken().count());
    }

    @Test
    void it_is_voiced_once_for_all_calls() {
        start(ENGLISH, SPANISH, false);
        hearOut();
        voice.hangs = "22";
        announced.clear();
        start(ENGLISH, SPANISH, false);
        hearOut();
        assertEquals(4, counts.spoken().count());
    }

    @Test
    void people_who_need_no_interpreter_are_told_nothing() {
        start(SPANISH, new Language("es-MX"), true);
        hearOut();
        assertEquals(List.of(), destination.heard());
        assertEquals(List.of(), caller.heard());
    }

    @Test
    void a_language_without_a_text_does_not_keep_the_call_from_being_interpreted() {
        start(new Language("fr"), SPANISH, false);
        hearOut();
        assertEquals(List.of(22), destination.heard());
        assertEquals(1, counts.noVoice().count());
        assertEquals(1, words.open.size());
    }
}
