package io.sandalphone.speech.resilience;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Wish;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Asks one brain after the other until one says something, or uses a tool. From then on the answer is that one's: when it breaks
/// off, no other begins it again. While it uses a tool it is not waited for. Thread-safe.
final class FallbackBrain extends Fallback<Brain> implements Brain {
    /// No tool takes longer; who uses one for longer hangs.
    private static final Duration LONGEST_TOOL = Duration.ofSeconds(30);

    private final ResilienceSettings.Thinking settings;
    private final Threads waiting;

    FallbackBrain(
            List<ProviderGate<Brain>> guards,
            ResilienceSettings.Thinking settings,
            Threads waiting) {
        super(guards);
        this.settings = settings;
        this.waiting = waiting;
    }

    @Override
    public boolean converses(Language language) {
        return guards().stream().anyMatch(guard -> guard.port().converses(language));
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        if (!converses(request.language())) {
            throw new SpeechException(
                    Kind.REQUEST, name() + " does not converse in " + request.language());
        }
        var failures = new Failures();
        for (ProviderGate<Brain> guard : guards()) {
            if (guard.port().converses(request.language())) {
                Optional<ProviderGate<Brain>.Entry> entry = guard.enter();
                if (entry.isPresent()) {
                    SpeechException failure = answer(guard, entry.get(), request, out);
                    if (failure == null) {
                        return;
                    }
                    failures.add(failure);
                }
            }
        }
        throw failures.mostTelling();
    }

    /// A piece of what it says, or of what it does.
    private sealed interface Piece {
        record Text(String text) implements Piece {}

        record Wanted(Wish wish) implements Piece {}

        /// Nothing is to be said.
        record Silence() implements Piece {}

        /// It begins to use a tool, or has used it.
        record Using(boolean begins) implements Piece {}

        /// Whether the caller, or the call, is the other for it.
        default boolean counts() {
            return !(this instanceof Text(var text)) || !text.isBlank();
        }
    }

    /// Tools that tell when they are used.
    private static final class Watched implements Toolbox {
        private final Toolbox tools;
        private final Consumer<Piece> pieces;

        Watched(Toolbox tools, Consumer<Piece> pieces) {
            this.tools = tools;
            this.pieces = pieces;
        }

        @Override
        public List<Tool> tools() {
            return tools.tools();
        }

        @Override
        public String use(String name, String arguments) throws InterruptedException {
            pieces.accept(new Piece.Using(true));
            try {
                return tools.use(name, arguments);
            } finally {
                pieces.accept(new Piece.Using(false));
            }
        }
    }

    private record Reporting(Consumer<Piece> pieces) implements BrainReply {
        @Override
        public void text(String piece) {
            pieces.accept(new Piece.Text(piece));
        }

        @Override
        public void wish(Wish wish) {
            pieces.accept(new Piece.Wanted(wish));
        }

        @Override
        public void silence() {
            pieces.accept(new Piece.Silence());
        }
    }

    /// Null when all was said, or what failed before anything was.
    private @Nullable SpeechException answer(
            ProviderGate<Brain> guard,
            ProviderGate<Brain>.Entry entry,
            BrainRequest request,
            BrainReply out)
            throws SpeechException, InterruptedException {
        BlockingQueue<Attempt.Report<Piece>> reports = new LinkedBlockingQueue<>();
        Attempt<Piece> attempt =
                Attempt.start(
                        guard,
                        entry,
                        waiting,
                        reports,
                        pieces ->
                                guard.port()
                                        .answer(
                                                request.with(new Watched(request.tools(), pieces)),
                                                new Reporting(pieces)));
        boolean begun = false;
        boolean using = false;
        try {
            while (true) {
                Duration limit =
                        using
                                ? LONGEST_TOOL
                                : begun
                                        ? settings.stallTimeout()
                                        : settings.firstWordsTimeout().minus(attempt.age());
                switch (waiting.poll(reports, limit)) {
                    case Attempt.Report.Piece<Piece>(_, var piece) -> {
                        begun |= piece.counts();
                        using = piece instanceof Piece.Using(var begins) ? begins : using;
                        pass(piece, out);
                    }
                    case Attempt.Report.Done<Piece> _ -> {
                        attempt.succeeded();
                        return null;
                    }
                    case Attempt.Report.Failed<Piece>(_, var failure) -> {
                        attempt.failed(failure);
                        return unlessBegun(begun, failure);
                    }
                    case null -> {
                        return unlessBegun(begun, attempt.late(" did not answer in time"));
                    }
                }
            }
        } finally {
            attempt.end();
        }
    }

    private static void pass(Piece piece, BrainReply out) {
        switch (piece) {
            case Piece.Text(var text) -> out.text(text);
            case Piece.Wanted(var wish) -> out.wish(wish);
            case Piece.Silence _ -> out.silence();
            case Piece.Using _ -> {}
        }
    }

    private static SpeechException unlessBegun(boolean begun, SpeechException failure)
            throws SpeechException {
        if (begun) {
            throw failure;
        }
        return failure;
    }
}
