package io.sandalphone.harness.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Finding;
import io.sandalphone.config.Section;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.assemblyai.AssemblyAiFake;
import io.sandalphone.harness.fakes.assemblyai.AssemblyHabits;
import io.sandalphone.harness.fakes.assemblyai.AssemblyTimetable;
import io.sandalphone.harness.fakes.assemblyai.ToneRecognizer;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.providers.assemblyai.AssemblyAiMeters;
import io.sandalphone.providers.assemblyai.AssemblyAiSettings;
import io.sandalphone.providers.assemblyai.AssemblyAiTranscriber;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.resilience.ResilienceSettings;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The whole client, against the fake of the service.
class AssemblyAiTranscriberTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long START = 1_000_000;

    /// What a busy machine may take is no failure.
    private static final String PATIENT_RESILIENCE =
            "transcription: {ready-timeout: 20s, reconnect-timeout: 20s}";

    private static final Transcription NONE =
            new Transcription() {
                @Override
                public void hear(AudioFrame frame) {}

                @Override
                public void utteranceStarted(long position) {}

                @Override
                public void utteranceEnded(long position) {}

                @Override
                public void close() {}
            };

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong listenedMillis = new AtomicLong();
    private final Heard heard = new Heard();
    private AssemblyAiFake fake = start(AssemblyTimetable.INSTANT, AssemblyHabits.DOCUMENTED);
    private AssemblyAiTranscriber transcriber = transcriber("");
    private Transcription transcription = NONE;
    private Talker talker = new Talker(NONE, 0);

    private static AssemblyAiFake start(AssemblyTimetable timetable, AssemblyHabits habits) {
        return AssemblyAiFake.start(
                VERTX.get(), FakeOptions.PLAIN, new ToneRecognizer(), timetable, habits);
    }

    private void service(AssemblyTimetable timetable, AssemblyHabits habits) {
        fake.close();
        fake = start(timetable, habits);
        configure("");
    }

    private void configure(String yaml) {
        transcriber.close();
        transcriber = transcriber(yaml);
    }

    private AssemblyAiTranscriber transcriber(String yaml) {
        return new AssemblyAiTranscriber(settings(yaml), AssemblyAiMeters.register(registry));
    }

    private AssemblyAiSettings settings(String yaml) {
        try {
            ObjectNode own = (ObjectNode) ConfigTree.defaults().path("engines").path("assemblyai");
            own.put("endpoint", fake.streaming().toString());
            own.put("api-key", AssemblyAiFake.KEY);
            own.put("format-turns", "false");
            own.put("min-turn-silence", "300ms");
            ObjectNode all = ConfigTree.merge(own, ConfigTree.yaml("test", yaml));
            return AssemblyAiSettings.read(Section.root(all)).get();
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// One call before the vendor's transcriber alone.
    private void call() {
        call(transcriber);
    }

    /// One call before it as a controller has it: with whoever recovers from its losses.
    private void recoveringCall(String yaml) {
        call(
                new Resilience(resilience(PATIENT_RESILIENCE, yaml), registry)
                        .transcriber(List.of(transcriber)));
    }

    private static ResilienceSettings resilience(String... yamls) {
        try {
            var tree = (ObjectNode) ConfigTree.defaults().at("/speech/resilience");
            for (String yaml : yamls) {
                tree = ConfigTree.merge(tree, ConfigTree.yaml("test", yaml));
            }
            Section root = Section.root(tree);
            return root.finish(ResilienceSettings.read(root));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }

    private void call(Transcriber listening) {
        transcription =
                listening.open(
                        new TranscriptionRequest(
                                ToneWord.ENGLISH,
                                ToneWord.SPANISH,
                                List.of("Acme"),
                                new Meter(listenedMillis)),
                        heard);
        talker.close();
        talker = new Talker(transcription, START);
    }

    private record Meter(AtomicLong listenedMillis) implements Usage {
        @Override
        public void listened(String tariff, Duration time) {
            assertEquals("assemblyai", tariff);
            listenedMillis.addAndGet(time.toMillis());
        }

        @Override
        public void translated(String tariff, int characters) {}

        @Override
        public void spoken(String tariff, int characters) {}
    }

    /// Within 100 ms: what the fake's ear, whole frames and a clock that ticks may add up to.
    private static void assertNear(long expected, long position) {
        assertTrue(
                Math.abs(position - expected) <= 800, () -> position + " is not near " + expected);
    }

    private double count(String meter) {
        return registry.get("sandalphone.assemblyai." + meter).counter().count();
    }

    private double recovered(String meter) {
        return registry.get("sandalphone.resilience." + meter).counter().count();
    }

    @AfterEach
    void hangUp() {
        talker.close();
        transcription.close();
        transcriber.close();
        fake.recover();
        fake.close();
    }

    @Test
    void words_settle_one_after_another_and_end_as_one_final_in_their_language() {
        call();
        heard.awaitReady();
        talker.say(ToneWord.V1, ToneWord.V2, ToneWord.V3);
        heard.awaitFinals(1);

        TranscriptEvent.Final end = heard.finals().getFirst();
        assertEquals("vaa vbb vcc", end.text());
        assertEquals(Optional.of(ToneWord.SPANISH), end.language());
        assertNear(talker.began().getFirst(), end.start());
        assertNear(880 * 8, end.end() - end.start());
        assertEquals(
                List.of("", "vaa", "vaa", "vaa vbb", "vaa vbb", "vaa vbb vcc"),
                heard.partials().stream().map(TranscriptEvent.Partial::settled).toList());
        assertEquals("va", heard.partials().getFirst().newest().getFirst().text());
    }

    @Test
    void one_utterance_after_another_is_told_once_each_and_in_order() {
        call();
        talker.say(ToneWord.W1, ToneWord.W2);
        talker.say(ToneWord.V3);
        talker.say(ToneWord.W4, ToneWord.W4);
        heard.awaitFinals(3);

        assertEquals(List.of("waa wbb", "vcc", "wdd wdd"), heard.texts());
        assertEquals(1, heard.timesReady());
        assertEquals(0, fake.journal().refused(3007));
    }

    @Test
    void what_is_said_before_the_service_is_ready_is_heard_where_it_was_said() {
        service(
                new AssemblyTimetable(
                        Duration.ofSeconds(2), Duration.ZERO, Duration.ZERO, Duration.ZERO),
                AssemblyHabits.DOCUMENTED);
        call();
        talker.say(ToneWord.W5, ToneWord.W6);
        heard.awaitFinals(1);

        assertEquals(List.of("wee wff"), heard.texts());
        assertNear(START, heard.finals().getFirst().start());
        assertEquals(0, fake.journal().refused(3007));
    }

    @Test
    void a_gap_is_silence_and_words_after_it_keep_their_place() {
        call();
        heard.awaitReady();
        talker.say(ToneWord.W1);
        talker.vanish(1000);
        talker.say(ToneWord.W2);
        heard.awaitFinals(2);

        assertNear(talker.began().getLast(), heard.finals().getLast().start());
        assertTrue(talker.began().getLast() - talker.began().getFirst() > 160_000);
    }

    @Test
    void a_model_that_revises_settles_nothing_before_the_end() {
        configure("model: universal-3-5-pro");
        call();
        talker.say(ToneWord.W1, ToneWord.W2);
        heard.awaitFinals(1);

        assertEquals(List.of("Waa wbb."), heard.texts());
        assertFalse(heard.partials().isEmpty());
        assertTrue(heard.partials().stream().allMatch(partial -> partial.settled().isEmpty()));
    }

    @Test
    void of_a_turn_that_comes_again_formatted_and_twice_the_formatted_end_is_told_once() {
        service(AssemblyTimetable.INSTANT, AssemblyHabits.OTHERWISE);
        configure("format-turns: true");
        fake.inject(Fault.DUPLICATED_TURN);
        call();
        talker.say(ToneWord.W1);
        talker.say(ToneWord.W2);
        heard.awaitFinals(2);
        Poll.until(PATIENCE, () -> count("turns.duplicate") >= 2, "duplicates counted");

        assertEquals(List.of("Waa.", "Wbb."), heard.texts());
        assertTrue(count("messages.ignored") > 0);
    }

    @Test
    void turns_that_lack_all_but_their_text_are_told_once_and_counted() {
        fake.inject(Fault.INCOMPLETE);
        call();
        talker.say(ToneWord.W1, ToneWord.W2, ToneWord.W3);
        talker.say(ToneWord.V4);
        talker.say(ToneWord.W5, ToneWord.W6);
        heard.awaitFinals(3);

        assertEquals(List.of("waa wbb wcc", "vdd", "wee wff"), heard.texts());
        assertTrue(count("messages.incomplete") > 3);
        assertEquals(0, count("messages.malformed"));
        assertEquals(1, fake.journal().opened());
    }

    @Test
    void words_that_were_final_are_not_taken_back() {
        fake.inject(Fault.REWRITTEN_PARTIAL);
        call();
        talker.say(ToneWord.W1, ToneWord.W2, ToneWord.W3);
        heard.awaitFinals(1);

        assertEquals(List.of("waa wbb wcc"), heard.texts());
        assertTrue(count("words.rewritten") > 0);
        assertTrue(
                heard.partials().stream()
                        .allMatch(partial -> "waa wbb wcc".startsWith(partial.settled())));
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "HALF_CLOSE", "SERVER_ERROR"})
    void a_session_lost_within_an_utterance_costs_no_word(Fault fault) {
        recoveringCall("");
        talker.say(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4, ToneWord.W5);
        heard.awaitSettled("waa wbb");
        fake.inject(fault);
        Poll.until(PATIENCE, () -> fake.journal().cut() > 0, "cut");
        fake.recover();
        heard.awaitFinals(1);

        assertEquals(List.of("waa wbb wcc wdd wee"), heard.texts());
        assertEquals(1, heard.timesReady());
        assertEquals(0, fake.journal().abandoned());
        assertTrue(recovered("reconnects") >= 1);
    }

    @Test
    void a_service_that_stops_answering_is_left_and_the_utterance_heard_by_another_session() {
        configure("answer-timeout: 500ms");
        recoveringCall("");
        heard.awaitReady();
        fake.inject(Fault.STALL);
        talker.say(ToneWord.W1, ToneWord.W2);
        Poll.until(PATIENCE, () -> recovered("stalls") == 1, "a stall");
        fake.recover();
        heard.awaitFinals(1);

        assertEquals(List.of("waa wbb"), heard.texts());
        // One is listening still.
        Poll.until(
                PATIENCE,
                () -> fake.journal().terminated() == fake.journal().opened() - 1,
                () -> "the first terminated: " + fake.journal());
    }

    @Test
    void what_was_answered_before_the_voice_detector_saw_its_end_is_not_waited_for() {
        configure("answer-timeout: 500ms");
        recoveringCall("");
        talker.say(ToneWord.W1);
        talker.say(ToneWord.W2, ToneWord.W3, ToneWord.W4, ToneWord.W5, ToneWord.W6);
        heard.awaitFinals(2);

        assertEquals(List.of("waa", "wbb wcc wdd wee wff"), heard.texts());
        assertEquals(0, recovered("stalls"));
        assertEquals(1, fake.journal().opened());
    }

    @Test
    void a_session_that_is_connected_and_never_begins_is_terminated() {
        configure("connect-timeout: 300ms");
        fake.inject(Fault.STALL);
        call();
        heard.awaitFailure();
        Poll.until(
                PATIENCE,
                () -> fake.journal().terminated() == fake.journal().opened(),
                () -> "all are terminated: " + fake.journal());
    }

    @Test
    void a_service_that_never_answers_again_is_a_timeout() {
        configure("{answer-timeout: 500ms, connect-timeout: 500ms}");
        recoveringCall("transcription: {reconnect-timeout: 1s}");
        heard.awaitReady();
        fake.inject(Fault.STALL);
        talker.say(ToneWord.W1);

        assertEquals(SpeechException.Kind.TIMEOUT, heard.awaitFailure().kind());
        assertTrue(transcriber.unavailableReason().isPresent());
    }

    @Test
    void a_service_that_falls_behind_is_left_while_somebody_speaks_on() {
        configure("answer-timeout: 800ms");
        recoveringCall("");
        heard.awaitReady();
        fake.inject(Fault.SLOW);
        ToneWord[] words = Collections.nCopies(12, ToneWord.W1).toArray(ToneWord[]::new);
        talker.say(words);
        Poll.until(PATIENCE, () -> recovered("stalls") == 1, "a stall");
        boolean speaking = talker.speaking();
        fake.recover();
        heard.awaitFinals(1);

        assertTrue(speaking, "the speaker was let finish");
        assertEquals(List.of("waa ".repeat(words.length).strip()), heard.texts());
    }

    @Test
    void words_that_two_sessions_tell_too_late_are_dropped() {
        Duration late = Duration.ofSeconds(2);
        service(new AssemblyTimetable(Duration.ZERO, late, late, late), AssemblyHabits.DOCUMENTED);
        configure("answer-timeout: 600ms");
        recoveringCall("");
        talker.say(ToneWord.W1);
        Poll.until(PATIENCE, () -> recovered("transcripts.ignored") >= 1, "late words");

        assertEquals(1, recovered("stalls"));
        assertEquals(1, recovered("unanswered"));
        assertEquals(1, heard.events().size(), () -> "more than nothing: " + heard.events());
        assertEquals(TranscriptEvent.Nothing.class, heard.events().getFirst().getClass());
    }

    @Test
    void a_service_that_hears_and_tells_nothing_is_a_timeout() {
        Duration never = Duration.ofHours(1);
        service(
                new AssemblyTimetable(Duration.ZERO, never, never, never),
                AssemblyHabits.DOCUMENTED);
        configure("answer-timeout: 200ms");
        recoveringCall("transcription: {reconnect-timeout: 300ms}");
        // Until it is given up: on a busy machine that takes a second session longer.
        for (int i = 0; i < 200 && !heard.failed(); i++) {
            talker.say(ToneWord.W1);
        }

        assertEquals(SpeechException.Kind.TIMEOUT, heard.awaitFailure().kind());
        assertEquals(List.of(), heard.finals());
        assertTrue(recovered("stalls") > 1);
    }

    @Test
    void a_noise_without_words_ends_with_nothing_and_the_same_session() {
        recoveringCall("");
        heard.awaitReady();
        transcription.utteranceStarted(START);
        transcription.utteranceEnded(START + 800);
        Poll.until(
                PATIENCE,
                () -> heard.events().contains(new TranscriptEvent.Nothing(START, START + 800)),
                "nothing");

        // The service says so, before anybody gives it up.
        assertEquals(0, recovered("unanswered"));
        assertEquals(0, recovered("stalls"));
        assertEquals(1, fake.journal().opened());
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORIZED, CREDENTIALS, false",
        "UNAUTHORIZED, CREDENTIALS, true",
        "FORBIDDEN, CREDENTIALS, false",
        "RATE_LIMITED, OVERLOADED, false",
        "RATE_LIMITED, OVERLOADED, true",
        "SERVER_ERROR, PROVIDER_FAULT, false",
        "CUT, UNREACHABLE, false",
        "GARBAGE, TIMEOUT, false",
        "SLOW, TIMEOUT, false",
    })
    void what_is_wrong_from_the_start_is_told_by_its_kind(
            Fault fault, SpeechException.Kind kind, boolean afterHandshake) {
        service(AssemblyTimetable.INSTANT, new AssemblyHabits(afterHandshake, false, false));
        configure("connect-timeout: 500ms");
        fake.inject(fault);
        call();

        SpeechException failure = heard.awaitFailure();
        if (fault == Fault.GARBAGE) {
            assertTrue(failure.kind().worthRetrying());
        } else {
            assertEquals(kind, failure.kind());
        }
        assertEquals(0, heard.timesReady());
    }

    @Test
    void garbage_in_mid_call_is_left_for_another_session() {
        recoveringCall("");
        talker.say(ToneWord.W1, ToneWord.W2);
        heard.awaitSettled("waa");
        fake.inject(Fault.GARBAGE);
        Poll.until(PATIENCE, () -> recovered("reconnects") > 0, "a reconnect");
        fake.recover();
        heard.awaitFinals(1);

        assertEquals(List.of("waa wbb"), heard.texts());
        assertTrue(count("messages.malformed") >= 3);
    }

    @Test
    void a_hung_up_call_terminates_its_session_and_hears_no_more() {
        call();
        heard.awaitReady();
        talker.say(ToneWord.W1, ToneWord.W2);
        heard.awaitSettled("waa");
        transcription.close();
        int events = heard.events().size();
        Poll.until(PATIENCE, () -> fake.journal().terminated() == 1, "terminated");

        assertEquals(0, fake.journal().open());
        assertEquals(events, heard.events().size(), 1);
        assertEquals(0, fake.journal().dismissed());
    }

    @Test
    void a_session_that_begins_after_the_call_is_terminated_all_the_same() {
        service(
                new AssemblyTimetable(
                        Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ZERO),
                AssemblyHabits.DOCUMENTED);
        call();
        transcription.close();
        Poll.until(PATIENCE, () -> fake.journal().terminated() == 1, "terminated");

        assertEquals(1, fake.journal().opened());
        assertEquals(0, heard.timesReady());
    }

    @Test
    void stopping_waits_until_every_session_is_terminated() {
        call();
        heard.awaitReady();
        transcriber.close();

        assertEquals(1, fake.journal().terminated());
        assertEquals(0, fake.journal().open());
        assertEquals(0, count("sessions.unterminated"));
    }

    @Test
    void the_time_a_session_was_open_is_told() {
        call();
        talker.say(ToneWord.W1, ToneWord.W2);
        heard.awaitFinals(1);
        long least = (heard.finals().getLast().end() - START) / 8;
        transcriber.close();

        assertTrue(listenedMillis.get() >= least, "listened " + listenedMillis);
    }

    @Test
    void an_examination_names_the_setting_that_is_wrong() throws Exception {
        assertEquals(
                List.of(Finding.Kind.OK), transcriber.check().stream().map(Finding::kind).toList());

        configure("{api-key: another, model: universal-4}");
        assertEquals(
                List.of("engines.assemblyai.api-key", "engines.assemblyai.model"),
                transcriber.check().stream().map(Finding::setting).toList());

        configure("endpoint: \"ws://127.0.0.1:1/v3/ws\"");
        assertEquals("engines.assemblyai.endpoint", transcriber.check().getFirst().setting());
        assertEquals(0, fake.journal().opened());
    }
}
