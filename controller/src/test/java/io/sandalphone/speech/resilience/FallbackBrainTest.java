package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.CallFacts;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Turn;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class FallbackBrainTest {
    private static final BrainRequest ASKED =
            new BrainRequest(
                    new CallFacts("c1", "", "", Map.of()),
                    new Language("en"),
                    "",
                    Optional.empty(),
                    List.of(Turn.caller("hello")),
                    Set.of(),
                    Usage.UNMETERED);

    private final Lab lab = new Lab();
    private final List<String> said = new ArrayList<>();
    private final Thinking second =
            new Thinking(
                    "second",
                    (_, out) -> {
                        out.text("two");
                        out.wish(new Wish.HangUp());
                    });

    private final BrainReply out =
            new BrainReply() {
                @Override
                public void text(String piece) {
                    said.add(piece);
                }

                @Override
                public void wish(Wish wish) {
                    said.add(wish.ability().name());
                }

                @Override
                public void silence() {
                    said.add("silence");
                }
            };

    /// What one does that is asked.
    @FunctionalInterface
    private interface Answer {
        void to(BrainRequest request, BrainReply out) throws SpeechException, InterruptedException;
    }

    private static final class Thinking implements Brain {
        private final String name;
        private final Answer answer;
        int asked;

        Thinking(String name, Answer answer) {
            this.name = name;
            this.answer = answer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean converses(Language language) {
            return true;
        }

        @Override
        public void answer(BrainRequest request, BrainReply out)
                throws SpeechException, InterruptedException {
            asked++;
            answer.to(request, out);
        }
    }

    private Brain brain(Answer first) {
        return lab.resilience().brain(List.of(new Thinking("first", first), second));
    }

    /// Says this, and then is silent for ever.
    private Answer hangs(String text) {
        return (_, reply) -> {
            if (!text.isEmpty()) {
                reply.text(text);
            }
            lab.time.hang();
        };
    }

    private static Answer fails(String text, Kind kind) {
        return (_, reply) -> {
            if (!text.isEmpty()) {
                reply.text(text);
            }
            throw new SpeechException(kind, "test");
        };
    }

    @Test
    void the_first_that_says_something_is_heard() throws Exception {
        brain((_, reply) -> reply.text("one")).answer(ASKED, out);
        assertEquals(List.of("one"), said);
        assertEquals(0, second.asked);
    }

    @Test
    void silence_on_purpose_is_an_answer() throws Exception {
        brain((_, reply) -> reply.silence()).answer(ASKED, out);
        assertEquals(List.of("silence"), said);
        assertEquals(0, second.asked);
    }

    @Test
    void what_fails_before_a_word_is_answered_by_the_next() throws Exception {
        brain(fails(" ", Kind.UNREACHABLE)).answer(ASKED, out);
        assertEquals(List.of(" ", "two", "HANG_UP"), said);
    }

    @Test
    void what_breaks_off_is_not_begun_again() {
        assertThrows(
                SpeechException.class,
                () -> brain(fails("one", Kind.PROVIDER_FAULT)).answer(ASKED, out));
        assertEquals(List.of("one"), said);
    }

    @Test
    void who_says_nothing_in_time_is_not_waited_for() throws Exception {
        brain(hangs("")).answer(ASKED, out);
        assertEquals(List.of("two", "HANG_UP"), said);
        assertEquals(
                Lab.SETTINGS.thinking().firstWordsTimeout(), Duration.ofNanos(lab.time.nanoTime()));
    }

    @Test
    void who_falls_silent_amid_the_answer_is_given_up() {
        SpeechException failure =
                assertThrows(SpeechException.class, () -> brain(hangs("one")).answer(ASKED, out));
        assertEquals(Kind.TIMEOUT, failure.kind());
        assertEquals(0, second.asked);
    }

    @Test
    void whose_key_is_refused_is_left_alone() throws Exception {
        var refused = new Thinking("first", fails("", Kind.CREDENTIALS));
        Brain brain = lab.resilience().brain(List.of(refused, second));
        brain.answer(ASKED, out);
        brain.answer(ASKED, out);
        assertEquals(1, refused.asked);
        assertTrue(brain.unavailableReason().isEmpty());
    }

    /// One tool, which does this first.
    private static Toolbox tool(Use use) {
        return new Toolbox() {
            @Override
            public List<Tool> tools() {
                return List.of(new Tool("look", "", "{}"));
            }

            @Override
            public String use(String name, String arguments) throws InterruptedException {
                use.run();
                return "ok";
            }
        };
    }

    @FunctionalInterface
    private interface Use {
        void run() throws InterruptedException;
    }

    @Test
    void who_uses_a_tool_has_more_time_than_to_the_first_words_and_not_for_ever() {
        SpeechException failure =
                assertThrows(
                        SpeechException.class,
                        () ->
                                brain((request, _) -> request.tools().use("look", "{}"))
                                        .answer(ASKED.with(tool(lab.time::hang)), out));
        assertEquals(Kind.TIMEOUT, failure.kind());
        assertEquals(Duration.ofSeconds(30), Duration.ofNanos(lab.time.nanoTime()));
    }

    @Test
    void what_was_done_with_a_tool_is_not_done_again_by_another() {
        assertThrows(
                SpeechException.class,
                () ->
                        brain(
                                        (request, _) -> {
                                            var _ = request.tools().use("look", "{}");
                                            throw new SpeechException(Kind.UNREACHABLE, "test");
                                        })
                                .answer(ASKED.with(tool(() -> {})), out));
        assertEquals(0, second.asked);
    }
}
