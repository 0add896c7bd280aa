package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.resilience.FailoverPolicy.Counted;
import io.sandalphone.speech.resilience.FailoverPolicy.Effect;
import io.sandalphone.speech.resilience.FailoverPolicy.Speech;
import io.sandalphone.speech.resilience.FailoverPolicy.Words;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class FailoverPolicyTest {
    private static final int FRAME = 160;

    /// An answer to what was said from `start` to `end`.
    private record Said(long start, long end) {}

    /// One speaker, frame by frame, and what every session is told.
    private static final class Speaker implements FailoverPolicy.Admission {
        final FailoverPolicy policy;
        final SpeechException cut = new SpeechException(Kind.UNREACHABLE, "cut");
        final Set<Integer> shut = new HashSet<>();

        /// The provider of every session that is let in and not done with.
        final Map<Integer, Integer> inside = new HashMap<>();

        final Set<Integer> open = new HashSet<>();

        /// The provider of every session there was.
        final Map<Integer, Integer> opened = new HashMap<>();

        final Map<Integer, List<Long>> heard = new HashMap<>();
        final Map<Integer, List<String>> marks = new HashMap<>();
        final List<Said> told = new ArrayList<>();
        final List<TranscriptEvent> transcripts = new ArrayList<>();
        int parts;
        int broken;
        final Map<Counted, Long> counts = new HashMap<>();
        final List<Integer> proven = new ArrayList<>();
        int readies;
        @Nullable SpeechException lost;
        long now = -1_000_000_000_000L;
        long position;

        /// Before two recognizers, each of which may take so long for words.
        static Speaker heardWithin(Duration answer) {
            return new Speaker(Deadlines.ofRecognizer(Duration.ofSeconds(5), Optional.of(answer)));
        }

        /// Before two recognizers that answer every utterance.
        Speaker() {
            this(Deadlines.ofRecognizer(Duration.ofSeconds(5), Optional.empty()));
        }

        /// Before two engines that are met with `deadlines`.
        Speaker(Deadlines deadlines) {
            policy =
                    new FailoverPolicy(
                            List.of(deadlines, deadlines), this, Lab.SETTINGS.direct().failover());
        }

        @Override
        public boolean enter(int session, int provider) {
            assertFalse(shut.contains(provider));
            inside.put(session, provider);
            return true;
        }

        @Override
        public boolean shut(int provider) {
            return shut.contains(provider);
        }

        void begin() {
            apply(policy.begin(now));
        }

        void frames(int count) {
            for (int i = 0; i < count; i++) {
                apply(policy.heard(new AudioFrame(new short[FRAME], 8000, position), now));
                position += FRAME;
                now += 20_000_000;
            }
        }

        void started(int framesAgo) {
            apply(policy.started(position - (long) framesAgo * FRAME, now));
        }

        void ended(int framesAgo) {
            apply(policy.ended(position - (long) framesAgo * FRAME, now));
        }

        void ready(int session) {
            apply(policy.ready(session, now));
        }

        /// Says nothing that would not change, until `end`.
        void muses(int session, long end) {
            apply(
                    policy.says(
                            session,
                            provider(session),
                            new Speech(() -> {}, end, false, false),
                            now));
        }

        /// Answers all that was said until `end`.
        void says(int session, long start, long end) {
            var said = new Said(start, end);
            apply(
                    policy.says(
                            session,
                            provider(session),
                            new Speech(() -> told.add(said), end, true, false),
                            now));
        }

        /// Begins to answer all that was said until `end`, or goes on with it, or ends it.
        void speaks(int session, long end, boolean begins, boolean ends) {
            apply(
                    policy.says(
                            session,
                            provider(session),
                            new Speech(() -> parts++, end, begins, !ends),
                            now));
        }

        void cut(int session) {
            apply(policy.failed(session, cut, now));
        }

        /// The recognizer tells words.
        void tells(int session, TranscriptEvent event) {
            apply(policy.says(session, provider(session), Words.of(event), now));
        }

        void fails(int session, Kind kind) {
            apply(policy.failed(session, new SpeechException(kind, "as scripted"), now));
        }

        private int provider(int session) {
            return opened.getOrDefault(session, 0);
        }

        long count(Counted what) {
            return counts.getOrDefault(what, 0L);
        }

        private void apply(List<Effect> effects) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Open(int session, int provider) -> {
                        assertEquals(provider, inside.get(session));
                        assertTrue(open.add(session));
                        opened.put(session, provider);
                        heard.put(session, new ArrayList<>());
                        marks.put(session, new ArrayList<>());
                    }
                    case Effect.Tell(int session, ReplayBuffer.Step step) -> {
                        // One that was just lost may be told more until the caller's side knows.
                        assertTrue(open.contains(session), "session " + session);
                        told(session, step);
                    }
                    case Effect.Close(int session) -> assertTrue(open.remove(session));
                    case Effect.Forget(int session) -> assertTrue(open.remove(session));
                    case Effect.Proven(int session) -> proven.add(session);
                    case Effect.Reconnected(int session, int successor) ->
                            inside.put(successor, Objects.requireNonNull(inside.remove(session)));
                    case Effect.Failed(int session, Kind _) ->
                            assertTrue(inside.remove(session) != null);
                    case Effect.Left(int session) -> assertTrue(inside.remove(session) != null);
                    case Effect.Count(int _, Counted what, long number) ->
                            counts.merge(what, number, Long::sum);
                    case Effect.Ready() -> readies++;
                    case Effect.Transcript(TranscriptEvent event) -> transcripts.add(event);
                    case Effect.Said(Runnable telling) -> telling.run();
                    case Effect.Broken() -> broken++;
                    case Effect.Lost(SpeechException failure) -> lost = failure;
                }
            }
        }

        private void told(int session, ReplayBuffer.Step step) {
            switch (step) {
                case ReplayBuffer.Step.Sound(AudioFrame frame) ->
                        heard.computeIfAbsent(session, _ -> new ArrayList<>())
                                .add(frame.position() / FRAME);
                case ReplayBuffer.Step.Started(long at) ->
                        marks.computeIfAbsent(session, _ -> new ArrayList<>())
                                .add("started " + at / FRAME + next(session));
                case ReplayBuffer.Step.Paused(long at) ->
                        marks.computeIfAbsent(session, _ -> new ArrayList<>())
                                .add("paused " + at / FRAME + next(session));
                case ReplayBuffer.Step.Ended(long at) ->
                        marks.computeIfAbsent(session, _ -> new ArrayList<>())
                                .add("ended " + at / FRAME + next(session));
            }
        }

        private String next(int session) {
            List<Long> before = heard.getOrDefault(session, List.of());
            return " after " + (before.isEmpty() ? "none" : before.getLast());
        }
    }

    private final Speaker speaker = new Speaker();

    private static List<Long> range(long from, long to) {
        List<Long> range = new ArrayList<>();
        for (long i = from; i < to; i++) {
            range.add(i);
        }
        return range;
    }

    @Test
    void the_preferred_one_hears_everything_and_its_words_are_passed_on() {
        speaker.begin();
        speaker.ready(1);
        speaker.frames(10);
        speaker.started(5);
        speaker.frames(10);
        speaker.ended(2);
        speaker.says(1, 5 * FRAME, 18 * FRAME);
        assertEquals(range(0, 20), speaker.heard.get(1));
        assertEquals(List.of("started 5 after 9", "ended 18 after 19"), speaker.marks.get(1));
        assertEquals(1, speaker.readies);
        assertEquals(1, speaker.told.size());
    }

    @Test
    void one_that_is_lost_in_mid_utterance_is_succeeded_by_one_that_hears_the_utterance_whole() {
        speaker.begin();
        speaker.ready(1);
        speaker.frames(100);
        speaker.started(6);
        speaker.frames(50);
        speaker.cut(1);
        speaker.frames(20);
        speaker.ended(4);
        speaker.frames(5);
        assertEquals(range(94, 175), speaker.heard.get(2));
        assertEquals(List.of("started 94 after 99", "ended 166 after 169"), speaker.marks.get(2));
        assertEquals(1, speaker.count(Counted.RECONNECT));
        assertEquals(0, speaker.count(Counted.REPLAY_LOST));
        assertEquals(Set.of(2), speaker.open);
    }

    @Test
    void what_was_answered_is_not_heard_again() {
        speaker.begin();
        speaker.frames(20);
        speaker.started(5);
        speaker.frames(80);
        speaker.says(1, 15 * FRAME, 60 * FRAME);
        speaker.cut(1);
        speaker.frames(1);
        assertEquals(range(60, 101), speaker.heard.get(2));
        assertEquals(List.of("started 60 after none"), speaker.marks.get(2));
    }

    @Test
    void between_utterances_only_what_the_next_may_have_begun_with_is_heard_again() {
        speaker.begin();
        speaker.frames(20);
        speaker.started(5);
        speaker.frames(80);
        speaker.ended(30);
        speaker.says(1, 15 * FRAME, 70 * FRAME);
        speaker.frames(100);
        speaker.cut(1);
        speaker.frames(1);
        assertEquals(range(168, 201), speaker.heard.get(2));
        assertEquals(List.of(), speaker.marks.get(2));
    }

    @Test
    void an_utterance_longer_than_what_is_remembered_is_heard_from_there_and_the_rest_counted() {
        speaker.begin();
        speaker.ready(1);
        speaker.frames(10);
        speaker.started(10);
        speaker.frames(300);
        speaker.cut(1);
        speaker.frames(1);
        assertEquals(range(60, 311), speaker.heard.get(2));
        assertEquals(List.of("started 60 after none"), speaker.marks.get(2));
        assertEquals(60, speaker.count(Counted.REPLAY_LOST));
    }

    @Test
    void an_utterance_nobody_answered_while_it_was_remembered_is_forgotten() {
        speaker.begin();
        speaker.ready(1);
        speaker.frames(10);
        speaker.started(5);
        speaker.frames(10);
        speaker.ended(0);
        speaker.frames(300);
        speaker.cut(1);
        speaker.frames(1);
        assertEquals(range(288, 321), speaker.heard.get(2));
    }

    @Test
    void late_words_of_the_lost_one_are_ignored() {
        speaker.begin();
        speaker.frames(20);
        speaker.cut(1);
        speaker.frames(1);
        speaker.says(1, 0, 10 * FRAME);
        assertEquals(List.of(), speaker.told);
        assertEquals(1, speaker.count(Counted.TRANSCRIPT_IGNORED));
    }

    @Test
    void one_that_does_not_listen_in_time_is_given_up() {
        speaker.begin();
        speaker.frames(251);
        assertEquals(Set.of(1), speaker.open);
        speaker.frames(2);
        assertEquals(Set.of(2), speaker.open);
        assertEquals(Map.of(2, 1), speaker.inside);
    }

    @Test
    void when_none_is_left_the_failure_is_told() {
        speaker.begin();
        speaker.frames(1);
        speaker.cut(1);
        speaker.frames(1);
        speaker.fails(2, Kind.QUOTA);
        assertEquals(Kind.QUOTA, Objects.requireNonNull(speaker.lost).kind());
        speaker.frames(1);
        assertEquals(Set.of(), speaker.open);
        assertEquals(Map.of(), speaker.inside);
    }

    @Test
    void when_none_may_be_asked_it_is_told_at_once() {
        speaker.shut.addAll(Set.of(0, 1));
        speaker.begin();
        assertTrue(speaker.lost != null);
        speaker.frames(1);
        assertEquals(Set.of(), speaker.open);
    }

    @Test
    void one_that_was_chosen_but_never_opened_is_let_go_at_the_end() {
        speaker.begin();
        speaker.frames(1);
        speaker.cut(1);
        assertEquals(Map.of(2, 1), speaker.inside);
        speaker.apply(speaker.policy.closed());
        assertEquals(Map.of(), speaker.inside);
    }

    @Test
    void it_counts_as_working_with_its_first_words_or_after_a_while_of_listening() {
        speaker.begin();
        speaker.frames(1);
        speaker.ready(1);
        speaker.frames(500);
        assertEquals(List.of(), speaker.proven);
        speaker.frames(1);
        assertEquals(List.of(1), speaker.proven);
        var other = new Speaker();
        other.begin();
        other.frames(20);
        other.muses(1, 10 * FRAME);
        other.frames(600);
        assertEquals(List.of(1), other.proven);
    }

    @Test
    void a_session_that_is_lost_is_opened_again_once_and_then_the_next_takes_over() {
        speaker.begin();
        speaker.ready(1);
        speaker.frames(20);
        speaker.started(5);
        speaker.frames(5);
        speaker.cut(1);
        speaker.frames(5);
        assertEquals(Map.of(2, 0), speaker.inside);
        assertEquals(range(15, 30), speaker.heard.get(2));
        speaker.ready(2);
        speaker.cut(2);
        speaker.frames(5);
        assertEquals(Map.of(3, 1), speaker.inside);
        assertEquals(range(15, 35), speaker.heard.get(3));
        assertEquals(1, speaker.count(Counted.RECONNECT));
        assertEquals(1, speaker.count(Counted.FAILOVER));
        assertEquals(1, speaker.readies);
    }

    @Test
    void a_session_that_has_answered_is_opened_again_when_it_is_lost_like_the_first() {
        speaker.begin();
        speaker.frames(20);
        for (int session = 1; session <= 5; session++) {
            speaker.ready(session);
            speaker.says(session, speaker.position - 5 * FRAME, speaker.position - FRAME);
            speaker.cut(session);
            speaker.frames(20);
        }
        assertEquals(Map.of(6, 0), speaker.inside);
        assertEquals(5, speaker.count(Counted.RECONNECT));
    }

    @Test
    void what_will_not_pass_is_left_to_the_next_at_once() {
        for (Kind kind : List.of(Kind.OVERLOADED, Kind.QUOTA, Kind.CREDENTIALS, Kind.REQUEST)) {
            var one = new Speaker();
            one.begin();
            one.ready(1);
            one.frames(1);
            one.fails(1, kind);
            one.frames(1);
            assertEquals(Map.of(2, 1), one.inside, kind.name());
            one.fails(2, kind);
            assertEquals(kind, Objects.requireNonNull(one.lost).kind());
        }
    }

    @Test
    void where_there_is_no_other_the_same_is_asked_again_and_hears_all_that_was_said_meanwhile() {
        speaker.shut.add(1);
        speaker.begin();
        speaker.ready(1);
        speaker.frames(20);
        speaker.started(5);
        speaker.frames(5);
        int session = 1;
        for (int lost = 0; lost < 5; lost++) {
            speaker.cut(session);
            speaker.frames(1);
            while (speaker.open.isEmpty()) {
                speaker.frames(1);
            }
            session = speaker.open.iterator().next();
        }
        assertEquals(Map.of(6, 0), speaker.inside, "one place at the provider, however often");
        // 0, 250, 500, 1000 and 2000 ms.
        assertEquals(range(15, 25 + 1 + 13 + 25 + 50 + 100 + 4), speaker.heard.get(6));
        assertEquals(null, speaker.lost);
        speaker.ready(6);
        speaker.says(6, 15 * FRAME, speaker.position);
        assertEquals(1, speaker.told.size());
    }

    @Test
    void where_there_is_no_other_the_loss_is_told_after_a_while() {
        speaker.shut.add(1);
        speaker.begin();
        speaker.ready(1);
        speaker.frames(20);
        speaker.cut(1);
        int frames = 0;
        while (speaker.lost == null) {
            for (int session : List.copyOf(speaker.open)) {
                speaker.cut(session);
            }
            speaker.frames(1);
            frames++;
        }
        assertTrue(frames >= 180 && frames <= 420, "after " + frames * 20 + " ms");
        assertEquals(Kind.UNREACHABLE, speaker.lost.kind());
        assertEquals(Map.of(), speaker.inside);
    }

    private static TranscriptEvent joined(
            TranscriptEvent.Partial before, TranscriptEvent.Partial after) {
        List<TranscriptEvent.Word> words = new ArrayList<>(before.words());
        words.addAll(after.words());
        return new TranscriptEvent.Partial(words, "", "", before.start(), after.end());
    }

    /// The words are of equal length, the first from `start` on, the last to `settledEnd`.
    private static TranscriptEvent.Partial partial(
            String settled, int start, int settledEnd, int end) {
        String[] texts = settled.split(" ", -1);
        List<TranscriptEvent.Word> words = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            long each = (long) (settledEnd - start) * FRAME / texts.length;
            long from = (long) start * FRAME + i * each;
            words.add(new TranscriptEvent.Word(texts[i], from, from + each));
        }
        return new TranscriptEvent.Partial(words, "", "", (long) start * FRAME, (long) end * FRAME);
    }

    private static TranscriptEvent whole(String text, int start, int end) {
        return new TranscriptEvent.Final(
                text, (long) start * FRAME, (long) end * FRAME, Optional.empty());
    }

    private static TranscriptEvent nothing(int start, int end) {
        return new TranscriptEvent.Nothing((long) start * FRAME, (long) end * FRAME);
    }

    @Test
    void words_that_have_settled_are_kept_and_only_what_follows_them_is_heard_again() {
        speaker.begin();
        speaker.frames(20);
        speaker.started(10);
        speaker.frames(80);
        speaker.tells(1, partial("one two", 10, 60, 70));
        speaker.cut(1);
        speaker.frames(10);
        assertEquals(range(60, 110), speaker.heard.get(2));
        speaker.tells(2, partial("three", 61, 80, 90));
        speaker.ready(2);
        speaker.cut(2);
        speaker.frames(1);
        assertEquals(range(80, 111), speaker.heard.get(3));
        speaker.tells(3, whole("four", 85, 105));
        assertEquals(
                List.of(
                        partial("one two", 10, 60, 70),
                        joined(partial("one two", 10, 60, 70), partial("three", 61, 80, 90)),
                        whole("one two three four", 10, 105)),
                speaker.transcripts);
    }

    @Test
    void words_that_have_settled_are_all_there_is_when_nothing_follows() {
        speaker.begin();
        speaker.frames(20);
        speaker.started(10);
        speaker.frames(40);
        speaker.tells(1, partial("one two", 10, 50, 55));
        speaker.ended(5);
        speaker.cut(1);
        speaker.frames(10);
        speaker.tells(2, nothing(55, 65));
        assertEquals(whole("one two", 10, 65), speaker.transcripts.getLast());
    }

    /// One before recognizers that may take a second for words, who has said something until frame 60.
    private static Speaker spoken() {
        Speaker one = Speaker.heardWithin(Duration.ofSeconds(1));
        one.begin();
        one.ready(1);
        one.frames(20);
        one.started(10);
        one.frames(45);
        one.ended(5);
        return one;
    }

    @Test
    void what_is_not_answered_in_time_is_heard_again_by_the_same_provider_and_then_given_up() {
        Speaker one = spoken();
        one.frames(52);
        assertEquals(Map.of(2, 0), one.inside);
        assertEquals(1, one.count(Counted.STALL));
        assertEquals("ended 60 after 64", one.marks.getOrDefault(2, List.of()).getLast());
        one.ready(2);
        one.frames(110);
        assertEquals(List.of(nothing(10, 60)), one.transcripts);
        assertEquals(1, one.count(Counted.UNANSWERED));
        assertEquals(Map.of(2, 0), one.inside, "it may have been noise");
        one.tells(2, whole("late", 12, 58));
        assertEquals(1, one.count(Counted.TRANSCRIPT_IGNORED));
        one.frames(600);
        assertEquals(Map.of(2, 0), one.inside);
    }

    @Test
    void words_told_of_what_is_given_up_are_told_and_the_session_is_left() {
        Speaker one = spoken();
        one.frames(52);
        one.tells(2, partial("one", 10, 30, 40));
        one.frames(110);
        assertEquals(whole("one", 10, 60), one.transcripts.getLast());
        assertEquals(Map.of(3, 1), one.inside);
        one.frames(300);
        assertEquals(2, one.transcripts.size());
    }

    @Test
    void a_recognizer_that_tells_no_words_while_somebody_speaks_has_stalled() {
        Speaker one = Speaker.heardWithin(Duration.ofSeconds(1));
        one.begin();
        one.ready(1);
        one.frames(20);
        one.started(10);
        one.frames(52);
        assertEquals(Map.of(2, 0), one.inside);
    }

    @Test
    void nor_may_one_that_takes_a_while_to_begin_late_in_a_long_call() {
        Speaker one = Speaker.heardWithin(Duration.ofSeconds(1));
        one.position = 3_600L * AudioFrame.TELEPHONE_RATE;
        one.begin();
        one.frames(20);
        one.started(10);
        one.frames(10);
        one.ready(1);
        one.frames(65);
        assertEquals(Map.of(2, 0), one.inside);
    }

    @Test
    void stalls_without_an_answer_between_them_are_a_fault_of_the_provider() {
        Speaker one = spoken();
        one.frames(52);
        one.ready(2);
        one.frames(110);
        one.started(2);
        one.frames(10);
        one.ended(2);
        one.frames(60);
        assertEquals(Map.of(3, 1), one.inside);
        assertEquals(1, one.count(Counted.FAILOVER));
    }

    private void standIn() {
        speaker.begin();
        speaker.frames(10);
        speaker.cut(1);
        speaker.frames(1);
        speaker.ready(2);
    }

    @Test
    void the_preferred_one_comes_back_between_two_utterances_and_nothing_is_heard_twice() {
        standIn();
        speaker.frames(499);
        assertEquals(Set.of(2), speaker.open);
        speaker.frames(50);
        assertEquals(Set.of(2, 3), speaker.open);
        speaker.started(5);
        speaker.ready(3);
        speaker.frames(50);
        speaker.ended(5);
        speaker.frames(5);
        assertEquals(List.of(), speaker.heard.get(3), "while words are awaited");
        long until = speaker.position;
        speaker.says(2, until - 60 * FRAME, until - 10 * FRAME);
        speaker.frames(20);
        assertEquals(Set.of(3), speaker.open);
        assertEquals(range(605, 635), speaker.heard.get(3));
        assertEquals(List.of(), speaker.marks.get(3));
        assertEquals(1, speaker.count(Counted.FAILBACK));
        assertEquals(1, speaker.readies);
    }

    @Test
    void a_preferred_one_that_is_back_before_the_stand_in_listens_is_told_to_be_ready() {
        var one = new Speaker(Deadlines.ofRecognizer(Duration.ofDays(1), Optional.empty()));
        one.begin();
        one.frames(10);
        one.cut(1);
        one.frames(550);
        one.ready(3);
        assertEquals(0, one.readies);
        one.frames(1);
        assertEquals(Set.of(3), one.open);
        assertEquals(1, one.readies);
    }

    @Test
    void a_preferred_one_that_fails_to_come_back_costs_nothing_and_is_tried_again_later() {
        standIn();
        speaker.frames(550);
        assertEquals(Set.of(2, 3), speaker.open);
        speaker.cut(3);
        speaker.frames(450);
        assertEquals(Set.of(2), speaker.open);
        assertEquals(range(0, 1011), speaker.heard.get(2));
        assertEquals(1, speaker.count(Counted.FAILBACK_FAILED));
        speaker.frames(100);
        assertEquals(Set.of(2, 4), speaker.open);
    }

    @Test
    void a_preferred_one_whose_breaker_is_open_is_not_tried() {
        standIn();
        speaker.shut.add(0);
        speaker.frames(1000);
        assertEquals(Set.of(2), speaker.open);
    }

    @Test
    void when_the_stand_in_fails_the_one_that_is_coming_takes_over_at_once() {
        standIn();
        speaker.frames(550);
        speaker.started(5);
        speaker.frames(10);
        speaker.cut(2);
        speaker.frames(1);
        assertEquals(Set.of(3), speaker.open);
        assertEquals(range(556, 572), speaker.heard.get(3));
    }

    /// One before two direct interpreters, who has said something until frame 60.
    private static Speaker interpreted() {
        var one = new Speaker(Lab.SETTINGS.direct().deadlines());
        one.begin();
        one.ready(1);
        one.frames(20);
        one.started(5);
        one.frames(50);
        one.ended(10);
        return one;
    }

    @Test
    void an_answer_that_is_broken_off_is_told_so_and_not_begun_anew() {
        Speaker one = interpreted();
        one.speaks(1, 60 * FRAME, true, false);
        one.speaks(1, 60 * FRAME, false, false);
        one.cut(1);
        one.speaks(1, 60 * FRAME, false, true);
        one.frames(1);
        assertEquals(1, one.broken);
        assertEquals(2, one.parts);
        assertEquals(range(60, 71), one.heard.get(2));
        assertEquals(List.of(), one.marks.get(2));
    }

    @Test
    void an_answer_that_was_whole_is_not_broken_off() {
        Speaker one = interpreted();
        one.speaks(1, 60 * FRAME, true, false);
        one.speaks(1, 60 * FRAME, false, true);
        one.cut(1);
        one.frames(1);
        assertEquals(0, one.broken);
    }

    @Test
    void one_that_owes_an_answer_too_long_is_given_up_and_the_next_hears_the_utterance() {
        Speaker one = interpreted();
        one.frames(151);
        assertEquals(Set.of(1), one.open);
        one.frames(2);
        assertEquals(Set.of(2), one.open);
        assertEquals("ended 60 after 69", one.marks.getOrDefault(2, List.of()).getLast());
        assertEquals(0, one.broken);
        one.ready(2);
        one.frames(220);
        assertFalse(one.open.contains(2), "it owes the answer too");
    }

    @Test
    void an_utterance_that_goes_on_keeps_nobody_waiting() {
        var one = new Speaker(Lab.SETTINGS.direct().deadlines());
        one.begin();
        one.ready(1);
        one.frames(20);
        one.started(5);
        one.frames(1000);
        assertEquals(Set.of(1), one.open);
    }

    @Test
    void one_that_pauses_too_long_within_an_answer_is_given_up() {
        Speaker one = interpreted();
        one.speaks(1, 60 * FRAME, true, false);
        one.frames(50);
        one.speaks(1, 60 * FRAME, false, false);
        one.frames(51);
        assertEquals(Set.of(1), one.open);
        one.frames(2);
        assertEquals(Set.of(2), one.open);
        assertEquals(1, one.broken);
    }

    @Test
    void while_it_answers_one_utterance_it_owes_no_other() {
        Speaker one = interpreted();
        one.started(2);
        one.frames(10);
        one.ended(2);
        for (int i = 0; i < 5; i++) {
            one.speaks(1, 60 * FRAME, i == 0, i == 4);
            one.frames(40);
        }
        one.frames(100);
        assertEquals(Set.of(1), one.open);
        one.frames(20);
        assertEquals(Set.of(2), one.open);
    }

    @Test
    void the_preferred_one_comes_back_when_an_answer_is_whole() {
        standIn();
        speaker.frames(560);
        speaker.ready(3);
        speaker.started(5);
        speaker.frames(20);
        speaker.ended(5);
        long end = speaker.position - 5 * FRAME;
        speaker.speaks(2, end, true, false);
        speaker.frames(20);
        assertEquals(Set.of(2, 3), speaker.open, "while it speaks");
        speaker.speaks(2, end, false, true);
        speaker.frames(1);
        assertEquals(Set.of(3), speaker.open);
    }

    @Test
    void whatever_happens_no_words_come_twice_and_nobody_is_left_behind() {
        long seed = new Random().nextLong();
        for (int run = 0; run < 300; run++) {
            fuzz(seed + run);
        }
    }

    /// Every session answers with the numbers of the frames it heard, from where it left off.
    private static void fuzz(long seed) {
        String at = "seed " + seed;
        var random = new Random(seed);
        var one = new Speaker();
        Map<Integer, Integer> answered = new HashMap<>();
        boolean speaking = false;
        one.begin();
        for (int step = 0; step < 400 && one.lost == null; step++) {
            List<Integer> sessions = List.copyOf(one.open);
            int session = sessions.isEmpty() ? 0 : sessions.get(random.nextInt(sessions.size()));
            switch (random.nextInt(9)) {
                case 0 -> one.ready(session);
                case 1 -> {
                    if (random.nextInt(4) == 0) {
                        one.cut(session);
                    }
                }
                case 2 -> {
                    if (!speaking) {
                        one.started(Math.min(5, (int) (one.position / FRAME)));
                        speaking = true;
                    }
                }
                case 3 -> {
                    if (speaking) {
                        one.ended(0);
                        speaking = false;
                    }
                }
                case 4, 5 -> answer(one, session, answered);
                case 6 -> {
                    int provider = random.nextInt(2);
                    if (!one.shut.remove(provider)) {
                        one.shut.add(provider);
                    }
                }
                default -> one.frames(1 + random.nextInt(60));
            }
        }
        for (List<Long> heard : one.heard.values()) {
            for (int i = 1; i < heard.size(); i++) {
                assertEquals(heard.get(i - 1) + 1, heard.get(i), at);
            }
        }
        long end = 0;
        for (Said said : one.told) {
            assertTrue(said.start() >= end, () -> at + ": twice " + said);
            end = said.end();
        }
        one.apply(one.policy.closed());
        one.frames(1);
        assertEquals(Map.of(), one.inside, at);
        assertEquals(Set.of(), one.open, at);
    }

    private static void answer(Speaker one, int session, Map<Integer, Integer> answered) {
        List<Long> heard = one.heard.getOrDefault(session, List.of());
        int from = answered.getOrDefault(session, 0);
        if (from < heard.size()) {
            answered.put(session, heard.size());
            one.says(session, heard.get(from) * FRAME, (heard.getLast() + 1) * FRAME);
        }
    }
}
