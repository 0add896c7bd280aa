package io.sandalphone.speech.resilience;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Decides which engine listens to one speaker, a recognizer or a direct interpreter: the first that
/// may be asked; another session of the same when one is lost, once; when that is lost too, the next
/// engine; and the preferred one again once it is back, between two utterances. Whoever comes hears
/// again what was not answered. What happened goes in, what is to be done comes out, in order.
///
/// Nobody else recovers recognition: an engine's session is opened here or not at all, what was said is
/// remembered here alone, and whether an engine has stalled is judged here ([AnswerWatch]).
///
/// Knows no thread and no clock; one thread at a time. Of its methods, [#begin], [#heard], [#started],
/// [#ended] and [#closed] are the caller's side, which alone may be told to act on a session.
final class FailoverPolicy {
    /// Something to do.
    sealed interface Effect {
        /// On the caller's side: to an engine. Sessions are counted from 1, providers from 0.
        sealed interface Act extends Effect {}

        record Open(int session, int provider) implements Act {}

        record Tell(int session, ReplayBuffer.Step step) implements Act {}

        record Close(int session) implements Act {}

        /// The session is lost: there is nothing left to close.
        record Forget(int session) implements Act {}

        /// The session's provider works.
        record Proven(int session) implements Effect {}

        /// The session is done with, and `successor` takes its place at the same provider.
        record Reconnected(int session, int successor) implements Effect {}

        /// The session's provider failed; it is done with.
        record Failed(int session, Kind kind) implements Effect {}

        /// The session is done with.
        record Left(int session) implements Effect {}

        /// Something happened with a provider, whether it is listened to by a session or no longer.
        record Count(int provider, Counted what, long number) implements Effect {}

        /// To the listener.
        sealed interface Report extends Effect {}

        record Ready() implements Report {}

        record Transcript(TranscriptEvent event) implements Report {}

        record Said(Runnable telling) implements Report {}

        /// The rest of what was being said will never come.
        record Broken() implements Report {}

        record Lost(SpeechException failure) implements Report {}
    }

    /// Something an engine says.
    sealed interface Saying {
        /// The position in the speech until which it says something.
        long end();

        /// Whether all that was said until there is answered by it, and heard by nobody again.
        boolean settles();

        /// Whether there is more of the same to come.
        boolean unfinished();
    }

    /// What a recognizer says.
    record Words(TranscriptEvent event, long start, long end, boolean settles) implements Saying {
        static Words of(TranscriptEvent event) {
            return switch (event) {
                case TranscriptEvent.Partial(_, _, _, _, long start, long end) ->
                        new Words(event, start, end, false);
                case TranscriptEvent.Final(_, long start, long end, _, _) ->
                        new Words(event, start, end, true);
                case TranscriptEvent.Nothing(long start, long end) ->
                        new Words(event, start, end, true);
            };
        }

        @Override
        public boolean unfinished() {
            return false;
        }
    }

    /// What a direct interpreter says.
    ///
    /// @param telling tells the listener
    record Speech(Runnable telling, long end, boolean settles, boolean unfinished)
            implements Saying {}

    /// What is counted beside outcomes.
    enum Counted {
        FAILOVER,
        FAILBACK,
        FAILBACK_FAILED,
        RECONNECT,
        STALL,
        UNANSWERED,
        TRANSCRIPT_IGNORED,
        REPLAY_LOST
    }

    /// Who may be asked.
    interface Admission {
        /// Whether `provider` may be asked now; then it is by `session`, until that is done with.
        boolean enter(int session, int provider);

        /// Whether it is known that `provider` may not be asked now.
        boolean shut(int provider);
    }

    // How often it is looked whether a preferred provider is back.
    private static final long LOOK_NANOS = 1_000_000_000;

    /// The pause before a provider is asked once more that failed twice in a row; then it doubles.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /// So many stalls without an answer between them are a fault of the engine, not noise.
    private static final int MOST_STALLS = 3;

    private static final class Session {
        final int id;
        final int provider;

        /// When it is to be opened.
        final long openFrom;

        /// It stands for one of the same provider that was lost without an answer of this one since.
        boolean again;

        boolean opened;
        long openedAt;
        boolean ready;
        long readyAt;
        boolean proven;

        /// It hears since this position; before, it hears nothing.
        boolean hears;

        long from;

        /// It has begun to answer and not ended, and this was the last of it so far.
        boolean unfinished;

        long latestAt;

        Session(int id, int provider, long openFrom) {
            this.id = id;
            this.provider = provider;
            this.openFrom = openFrom;
        }
    }

    private final List<Deadlines> providers;
    private final Admission admission;
    private final long healthyAfter;
    private final long failbackAfter;
    private final long reconnectTimeout;
    private final ReplayBuffer memory;
    private final AnswerWatch answers = new AnswerWatch();
    private final SettledWords words = new SettledWords();
    private final @Nullable Long[] failedAt;

    /// Sessions that were lost outside the caller's side, to be forgotten there.
    private final List<Integer> lost = new ArrayList<>();

    private int sessions;

    /// Whose words count; null before the beginning and after the end.
    private @Nullable Session current;

    /// A preferred one that is to take the place of the current.
    private @Nullable Session coming;

    private boolean readyTold;
    private long lookAt;

    /// Since when nothing has been answered although engines were lost.
    private @Nullable Long troubledSince;

    private long pause = FIRST_PAUSE.toNanos();
    private int stalls;

    /// Up to here utterances were given up: words of them come too late.
    private long givenUpUntil = Long.MIN_VALUE;

    /// `providers` are those there are, the preferred one first, by the deadlines each is met with.
    FailoverPolicy(
            List<Deadlines> providers, Admission admission, ResilienceSettings.Failover settings) {
        this.providers = List.copyOf(providers);
        this.admission = admission;
        healthyAfter = settings.healthyAfter().toNanos();
        failbackAfter = settings.failbackAfter().toNanos();
        reconnectTimeout = settings.reconnectTimeout().toNanos();
        memory = new ReplayBuffer(settings.frames());
        failedAt = new Long[providers.size()];
    }

    List<Effect> begin(long now) {
        List<Effect> effects = new ArrayList<>();
        lookAt = now + LOOK_NANOS;
        current = enter(providers.size(), now);
        if (current == null) {
            effects.add(new Effect.Lost(nobody()));
        } else {
            attend(current, now, effects);
        }
        return effects;
    }

    List<Effect> heard(AudioFrame frame, long now) {
        List<Effect> effects = new ArrayList<>(1);
        look(now, effects);
        Session session = current;
        if (session != null) {
            attend(session, now, effects);
            memory.hear(frame);
            if (session.hears) {
                effects.add(new Effect.Tell(session.id, new ReplayBuffer.Step.Sound(frame)));
            }
        }
        return effects;
    }

    List<Effect> started(long position, long now) {
        memory.started(position);
        answers.started(position, now);
        return mark(new ReplayBuffer.Step.Started(position));
    }

    List<Effect> paused(long position) {
        return mark(new ReplayBuffer.Step.Paused(position));
    }

    List<Effect> ended(long position, long now) {
        memory.ended(position);
        answers.ended(position, now);
        return mark(new ReplayBuffer.Step.Ended(position));
    }

    List<Effect> closed() {
        List<Effect> effects = new ArrayList<>();
        leave(current, effects);
        leave(coming, effects);
        current = null;
        coming = null;
        return effects;
    }

    /// `id` listens.
    List<Effect> ready(int id, long now) {
        List<Effect> effects = new ArrayList<>();
        Session session = alive(id);
        if (session != null && !session.ready) {
            session.ready = true;
            session.readyAt = now;
            if (session.hears) {
                answers.begun(memory.soundFrom(session.from), now);
            }
            tellReady(effects);
        }
        return effects;
    }

    /// `id`, a session of `provider`, says something; perhaps long after it was done with.
    List<Effect> says(int id, int provider, Saying saying, long now) {
        List<Effect> effects = new ArrayList<>(ready(id, now));
        Session session = current;
        if (session == null || session.id != id || !session.hears || tooLate(session, saying)) {
            effects.add(new Effect.Count(provider, Counted.TRANSCRIPT_IGNORED, 1));
            return effects;
        }
        prove(session, effects);
        if (saying.settles()) {
            memory.answer(saying.end());
            answers.answered(saying.end(), now);
            recovered(session);
        }
        session.unfinished = saying.unfinished();
        session.latestAt = now;
        switch (saying) {
            case Words(TranscriptEvent event, long start, long end, boolean settles) -> {
                if (!settles) {
                    answers.told(start, end, now);
                }
                effects.add(new Effect.Transcript(words.complete(event)));
                words.end().ifPresent(memory::settle);
            }
            case Speech(Runnable telling, _, _, _) -> {
                answers.spoke(now);
                words.end()
                        .ifPresent(
                                end -> effects.add(new Effect.Transcript(words.ended(end, end))));
                effects.add(new Effect.Said(telling));
            }
        }
        return effects;
    }

    private boolean tooLate(Session session, Saying saying) {
        return saying.end() <= session.from
                || (saying instanceof Words && saying.end() <= givenUpUntil + AnswerWatch.TAIL);
    }

    /// `id` is lost.
    List<Effect> failed(int id, SpeechException failure, long now) {
        List<Effect> effects = new ArrayList<>();
        Session session = alive(id);
        if (session != null) {
            lost.add(id);
            fail(session, failure, session.ready && !session.again, now, effects);
        }
        return effects;
    }

    /// Sees to who listens, on the caller's side.
    private void look(long now, List<Effect> effects) {
        lost.forEach(id -> effects.add(new Effect.Forget(id)));
        lost.clear();
        overdue(coming, now, effects);
        overdue(current, now, effects);
        if (current != null && current.ready && now - current.readyAt >= healthyAfter) {
            prove(current, effects);
            recovered(current);
        }
        if (coming != null && coming.ready) {
            takeBack(coming, effects);
        } else if (coming == null && current != null && current.provider > 0 && now - lookAt >= 0) {
            lookAt = now + LOOK_NANOS;
            coming = enter(current.provider, now);
            if (coming != null) {
                open(coming, now, effects);
            }
        }
    }

    /// The preferred one hears from between two utterances on, when all that was said is answered whole.
    private void takeBack(Session session, List<Effect> effects) {
        if (memory.quiet() && (current == null || !current.unfinished)) {
            leave(current, effects);
            come(session);
            effects.add(new Effect.Count(session.provider, Counted.FAILBACK, 1));
            tellReady(effects);
        }
    }

    private void overdue(@Nullable Session session, long now, List<Effect> effects) {
        if (session == null || !session.opened) {
            return;
        }
        Deadlines deadlines = providers.get(session.provider);
        if (!session.ready) {
            if (now - session.openedAt > deadlines.ready().toNanos()) {
                giveUp(session, false, now, effects);
            }
        } else if (session.unfinished) {
            if (now - session.latestAt > deadlines.pause().toNanos()) {
                stalled(session, now, effects);
            }
        } else if (session == current) {
            judge(session, deadlines, now, effects);
        }
    }

    private void judge(Session session, Deadlines deadlines, long now, List<Effect> effects) {
        switch (answers.judge(deadlines, now)) {
            case AnswerWatch.Verdict.Wait() -> {}
            case AnswerWatch.Verdict.Stalled() -> stalled(session, now, effects);
            case AnswerWatch.Verdict.GivenUp(long start, long end) -> {
                effects.add(new Effect.Count(session.provider, Counted.UNANSWERED, 1));
                memory.answer(end);
                boolean told = words.end().isPresent();
                effects.add(new Effect.Transcript(words.ended(start, end)));
                if (told) {
                    // What it goes on to tell would hold these words again.
                    stalled(session, now, effects);
                } else {
                    givenUpUntil = end;
                    troubledSince = null;
                }
            }
        }
    }

    private void stalled(Session session, long now, List<Effect> effects) {
        effects.add(new Effect.Count(session.provider, Counted.STALL, 1));
        stalls++;
        boolean hearsAgain =
                providers.get(session.provider).hearsAgain()
                        && !session.again
                        && stalls < MOST_STALLS;
        giveUp(session, hearsAgain, now, effects);
    }

    private void giveUp(Session session, boolean again, long now, List<Effect> effects) {
        effects.add(new Effect.Close(session.id));
        fail(session, new SpeechException(Kind.TIMEOUT, "no answer in time"), again, now, effects);
    }

    /// `again` is whether another session of the same provider may well do better.
    private void fail(
            Session session,
            SpeechException failure,
            boolean again,
            long now,
            List<Effect> effects) {
        if (session == coming) {
            coming = null;
            failedAt[session.provider] = now;
            effects.add(new Effect.Failed(session.id, failure.kind()));
            effects.add(new Effect.Count(session.provider, Counted.FAILBACK_FAILED, 1));
            return;
        }
        if (troubledSince == null) {
            troubledSince = now;
        }
        words.carry();
        if (coming == null && again && passes(failure.kind())) {
            reconnect(session, now, effects);
            return;
        }
        failedAt[session.provider] = now;
        Session next = coming == null ? enter(providers.size(), now) : coming;
        boolean hopeful =
                passes(failure.kind())
                        && stalls < MOST_STALLS
                        && now - troubledSince < reconnectTimeout;
        if (next == null && hopeful) {
            reconnect(session, now + pause, effects);
            pause *= 2;
            return;
        }
        effects.add(new Effect.Failed(session.id, failure.kind()));
        if (next == null) {
            current = null;
            effects.add(new Effect.Lost(failure));
            return;
        }
        come(next);
        effects.add(new Effect.Count(next.provider, Counted.FAILOVER, 1));
        broken(session, effects);
        if (next.ready) {
            tellReady(effects);
        }
    }

    /// Whether what failed may work again within moments.
    private static boolean passes(Kind kind) {
        return switch (kind) {
            case UNREACHABLE, TIMEOUT, PROVIDER_FAULT -> true;
            case OVERLOADED, QUOTA, CREDENTIALS, REQUEST -> false;
        };
    }

    /// Another session of the same provider, not before `from`.
    private void reconnect(Session session, long from, List<Effect> effects) {
        var successor = new Session(++sessions, session.provider, from);
        successor.again = true;
        successor.proven = session.proven;
        current = successor;
        effects.add(new Effect.Reconnected(session.id, successor.id));
        effects.add(new Effect.Count(session.provider, Counted.RECONNECT, 1));
        broken(session, effects);
    }

    private static void broken(Session session, List<Effect> effects) {
        if (session.unfinished) {
            effects.add(new Effect.Broken());
        }
    }

    private void come(Session session) {
        current = session;
        coming = null;
        stalls = 0;
    }

    /// Whatever was wrong is over.
    private void recovered(Session session) {
        session.again = false;
        troubledSince = null;
        pause = FIRST_PAUSE.toNanos();
        stalls = 0;
    }

    /// The first of the first `among` providers that may be asked, or null.
    private @Nullable Session enter(int among, long now) {
        for (int provider = 0; provider < among; provider++) {
            Long failed = failedAt[provider];
            if ((failed == null || now - failed >= failbackAfter)
                    && !admission.shut(provider)
                    && admission.enter(sessions + 1, provider)) {
                return new Session(++sessions, provider, now);
            }
        }
        return null;
    }

    /// Lets the current session hear what it is to hear again, if it is new.
    private void attend(Session session, long now, List<Effect> effects) {
        if (now - session.openFrom < 0) {
            return;
        }
        if (!session.opened) {
            open(session, now, effects);
        }
        if (!session.hears) {
            ReplayBuffer.Replay replay = memory.replay();
            session.hears = true;
            session.from = replay.from();
            replay.steps().forEach(step -> effects.add(new Effect.Tell(session.id, step)));
            if (session.ready) {
                answers.begun(memory.soundFrom(session.from), now);
            }
            if (replay.missing() > 0) {
                effects.add(
                        new Effect.Count(session.provider, Counted.REPLAY_LOST, replay.missing()));
            }
        }
    }

    private static void open(Session session, long now, List<Effect> effects) {
        session.opened = true;
        session.openedAt = now;
        effects.add(new Effect.Open(session.id, session.provider));
    }

    private List<Effect> mark(ReplayBuffer.Step step) {
        return current != null && current.hears
                ? List.of(new Effect.Tell(current.id, step))
                : List.of();
    }

    private static void leave(@Nullable Session session, List<Effect> effects) {
        if (session != null) {
            if (session.opened) {
                effects.add(new Effect.Close(session.id));
            }
            effects.add(new Effect.Left(session.id));
        }
    }

    private static void prove(Session session, List<Effect> effects) {
        if (!session.proven) {
            session.proven = true;
            effects.add(new Effect.Proven(session.id));
        }
    }

    private void tellReady(List<Effect> effects) {
        if (!readyTold && current != null && current.ready) {
            readyTold = true;
            effects.add(new Effect.Ready());
        }
    }

    private @Nullable Session alive(int id) {
        if (current != null && current.id == id) {
            return current;
        }
        return coming != null && coming.id == id ? coming : null;
    }

    private SpeechException nobody() {
        return providers.isEmpty()
                ? new SpeechException(Kind.REQUEST, "no engine takes the language")
                : new SpeechException(Kind.UNREACHABLE, "no engine can be asked now");
    }
}
