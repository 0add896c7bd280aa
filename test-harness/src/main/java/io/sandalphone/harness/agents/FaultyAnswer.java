package io.sandalphone.harness.agents;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatReply;
import io.sandalphone.harness.fakes.chat.Tokens;
import io.sandalphone.harness.fakes.chat.ToolCall;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the gateway's client of OpenAI's protocol makes of an answer that a fault of the stand-in befalls, without the stand-in: so
/// that it can be had in virtual time. A test holds it against both.
record FaultyAnswer(ChatReply reply, @Nullable Fault fault) {
    private static final Duration SLOWNESS = Duration.ofSeconds(6);
    private static final int REPETITIONS = 200;
    private static final int WORDS_OF_TEN_MINUTES = 1500;
    private static final String RAMBLING =
            " and then there is one more thing that I would like to say about it,";

    /// What happens amid an answer.
    enum Amid {
        NOTHING,
        /// Nothing more comes.
        SILENCE,
        /// The server tells an error.
        FAILURE,
        /// The connection ends.
        BREAK
    }

    /// What it is refused with before anything is said.
    Optional<SpeechException> refused() {
        Kind kind =
                switch (fault) {
                    case UNAUTHORIZED, FORBIDDEN -> Kind.CREDENTIALS;
                    case NOT_FOUND -> Kind.REQUEST;
                    case RATE_LIMITED -> Kind.OVERLOADED;
                    case QUOTA_SPENT -> Kind.QUOTA;
                    case SERVER_ERROR -> Kind.PROVIDER_FAULT;
                    case null, default -> null;
                };
        return kind == null
                ? Optional.empty()
                : Optional.of(new SpeechException(kind, "refused: " + fault));
    }

    /// How much later than usual it comes.
    Duration late() {
        return fault == Fault.SLOW ? SLOWNESS : Duration.ZERO;
    }

    /// Whether nothing comes at all.
    boolean isMute() {
        return fault == Fault.STALL;
    }

    /// Whether it comes as fast as it is taken, without an end.
    boolean isFlood() {
        return fault == Fault.FLOOD;
    }

    /// What is said, piece by piece, unless something happens [amid][#amid] it.
    Iterator<String> tokens() {
        List<String> tokens = Tokens.of(reply.text());
        return switch (fault) {
            case FLOOD -> endless(Tokens.of(RAMBLING)).iterator();
            case REPEATED ->
                    endless(spaced(tokens)).limit((long) REPETITIONS * tokens.size()).iterator();
            case LONG_ANSWER -> endless(spaced(tokens)).limit(WORDS_OF_TEN_MINUTES).iterator();
            case CUT_SHORT, FILTERED ->
                    tokens.subList(0, Math.min(middle(), tokens.size())).iterator();
            case null, default -> tokens.iterator();
        };
    }

    private static Stream<String> endless(List<String> tokens) {
        return Stream.iterate(0, at -> (at + 1) % tokens.size()).map(tokens::get);
    }

    /// A sentence that can follow itself.
    private static List<String> spaced(List<String> tokens) {
        return Stream.concat(
                        Stream.of(" " + tokens.getFirst().stripLeading()), tokens.stream().skip(1))
                .toList();
    }

    /// Behind how many pieces something happens.
    int middle() {
        return Math.max(1, Tokens.of(reply.text()).size() / 2);
    }

    /// What happens in its middle.
    Amid amid() {
        return fault == null || fault == Fault.STALL ? Amid.NOTHING : amid(fault);
    }

    /// What happens to an answer under way when `fault` begins.
    static Amid amid(Fault fault) {
        return switch (fault) {
            case STALL, STALL_WITHIN -> Amid.SILENCE;
            case ERROR_WITHIN -> Amid.FAILURE;
            case CUT, HALF_CLOSE -> Amid.BREAK;
            default -> Amid.NOTHING;
        };
    }

    /// Whether it ends without what should mark its end.
    boolean breaksOffAtItsEnd() {
        return fault == Fault.UNFINISHED;
    }

    /// The tools it wants used.
    List<ToolCall> calls() {
        return switch (fault) {
            case REPEATED, LONG_ANSWER, FLOOD, CUT_SHORT, FILTERED, UNKNOWN_TOOL -> List.of();
            case null, default -> reply.calls();
        };
    }
}
