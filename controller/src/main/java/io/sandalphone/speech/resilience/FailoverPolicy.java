package io.sandalphone.speech.resilience;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Decides which engine listens to one speaker, a recognizer or a direct interpreter: the first
/// that may be asked; when it fails, the next, which hears again what was not answered; and the
/// preferred one again once it is back, between two utterances. What happened goes in, what is to be
/// done comes out, in order.
///
/// Knows no thread and no clock; one thread at a time. Of its methods, [#begin], [#heard], [#started],
/// [#ended] and [#closed] are the caller's side, which alone may be told to act on an ear.
final class FailoverPolicy {
    /// Something to do.
    sealed interface Effect {
        /// On the caller's side: to an engine. Ears are counted from 1, providers from 0.
        sealed interface Act extends Effect {}

        record Open(int ear, int provider) implements Act {}

        record Tell(int ear, ReplayBuffer.Step step) implements Act {}

        record Close(int ear) implements Act {}

        /// The ear is lost: there is nothing left to close.
        record Forget(int ear) implements Act {}

        /// The ear's provider works.
        record Proven(int ear) implements Effect {}

        /// The ear's provider failed; it is done with.
        record Failed(int ear, Kind kind) implements Effect {}

        /// The ear is done with.
        record Left(int ear) implements Effect {}

        /// Something happened with a provider, whether it is listened to by an ear or no longer.
        record Count(int provider, Counted what, long number) implements Effect {}

        /// To the listener.
        sealed interface Report extends Effect {}

        record Ready() implements Report {}

        record Said(Runnable telling) implements Report {}

        /// The rest of what was being said will never come.
        record Broken() implements Report {}

        record Lost(SpeechException failure) implements Report {}
    }

    /// Something an engine says.
    ///
    /// @param telling tells the listener
    /// @param end the position in the speech until which it says something
    /// @param settles whether all that was said until there is answered by it, and heard by nobody
    ///     again
    /// @param unfinished whether there is more of the same to come
    record Saying(Runnable telling, long end, boolean settles, boolean unfinished) {}

    /// What is counted beside outcomes.
    enum Counted {
        FAILOVER,
        FAILBACK,
        FAILBACK_FAILED,
        TRANSCRIPT_IGNORED,
        REPLAY_LOST
    }

    /// Who may be asked.
    interface Admission {
        /// Whether `provider` may be asked now; then it is by `ear`, until that is done with.
        boolean enter(int ear, int provider);

        /// Whether it is known that `provider` may not be asked now.
        boolean shut(int provider);
    }

    // How often it is looked whether a preferred provider is back.
    private static final long LOOK_NANOS = 1_000_000_000;

    private static final class Ear {
        final int id;
        final int provider;
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

        /// Since when it owes an answer, or the next part of one.
        @Nullable Long owingSince;

        Ear(int id, int provider) {
            this.id = id;
            this.provider = provider;
        }
    }

    private final List<Deadlines> providers;
    private final Admission admission;
    private final long healthyAfter;
    private final long failbackAfter;
    private final ReplayBuffer memory;
    private final @Nullable Long[] failedAt;

    /// Ears that were lost outside the caller's side, to be forgotten there.
    private final List<Integer> lost = new ArrayList<>();

    private int ears;

    /// Whose words count; null before the beginning and after the end.
    private @Nullable Ear current;

    /// A preferred one that is to take the place of the current.
    private @Nullable Ear coming;

    private boolean readyTold;
    private long lookAt;

    /// `providers` are those there are, the preferred one first, by the deadlines each is met with.
    FailoverPolicy(
            List<Deadlines> providers, Admission admission, ResilienceSettings.Failover settings) {
        this.providers = List.copyOf(providers);
        this.admission = admission;
        healthyAfter = settings.healthyAfter().toNanos();
        failbackAfter = settings.failbackAfter().toNanos();
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
        List<Effect> effects = new ArrayList<>();
        look(now, effects);
        Ear ear = current;
        if (ear != null) {
            attend(ear, now, effects);
            memory.hear(frame);
            effects.add(new Effect.Tell(ear.id, new ReplayBuffer.Step.Sound(frame)));
        }
        return effects;
    }

    List<Effect> started(long position) {
        memory.started(position);
        return mark(new ReplayBuffer.Step.Started(position));
    }

    List<Effect> ended(long position, long now) {
        memory.ended(position);
        if (current != null && current.hears && current.owingSince == null) {
            current.owingSince = now;
        }
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
        Ear ear = alive(id);
        if (ear != null && !ear.ready) {
            ear.ready = true;
            ear.readyAt = now;
            tellReady(effects);
        }
        return effects;
    }

    /// `id`, an ear of `provider`, says something; perhaps long after it was done with.
    List<Effect> says(int id, int provider, Saying saying, long now) {
        List<Effect> effects = new ArrayList<>(ready(id, now));
        Ear ear = current;
        if (ear == null || ear.id != id || !ear.hears || saying.end() <= ear.from) {
            effects.add(new Effect.Count(provider, Counted.TRANSCRIPT_IGNORED, 1));
            return effects;
        }
        prove(ear, effects);
        if (saying.settles()) {
            memory.answer(saying.end());
        }
        ear.owingSince = memory.owed() ? now : null;
        ear.unfinished = saying.unfinished();
        ear.latestAt = now;
        effects.add(new Effect.Said(saying.telling()));
        return effects;
    }

    /// `id` is lost.
    List<Effect> failed(int id, SpeechException failure, long now) {
        List<Effect> effects = new ArrayList<>();
        Ear ear = alive(id);
        if (ear != null) {
            lost.add(id);
            fail(ear, failure, now, effects);
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
    private void takeBack(Ear ear, List<Effect> effects) {
        if (memory.quiet() && (current == null || !current.unfinished)) {
            leave(current, effects);
            current = ear;
            coming = null;
            effects.add(new Effect.Count(ear.provider, Counted.FAILBACK, 1));
            tellReady(effects);
        }
    }

    private void overdue(@Nullable Ear ear, long now, List<Effect> effects) {
        if (ear != null && ear.opened && late(ear, now)) {
            effects.add(new Effect.Close(ear.id));
            fail(ear, new SpeechException(Kind.TIMEOUT, "no answer in time"), now, effects);
        }
    }

    private boolean late(Ear ear, long now) {
        Deadlines deadlines = providers.get(ear.provider);
        if (!ear.ready) {
            return now - ear.openedAt > deadlines.ready().toNanos();
        }
        if (ear.unfinished) {
            return now - ear.latestAt > deadlines.stall().toNanos();
        }
        Long owing = ear.owingSince;
        return owing != null && now - owing > deadlines.answer().toNanos();
    }

    private void fail(Ear ear, SpeechException failure, long now, List<Effect> effects) {
        effects.add(new Effect.Failed(ear.id, failure.kind()));
        failedAt[ear.provider] = now;
        if (ear == coming) {
            coming = null;
            effects.add(new Effect.Count(ear.provider, Counted.FAILBACK_FAILED, 1));
            return;
        }
        current = coming == null ? enter(providers.size(), now) : coming;
        coming = null;
        if (current == null) {
            effects.add(new Effect.Lost(failure));
        } else {
            effects.add(new Effect.Count(current.provider, Counted.FAILOVER, 1));
            if (ear.unfinished) {
                effects.add(new Effect.Broken());
            }
            if (current.ready) {
                tellReady(effects);
            }
        }
    }

    /// The first of the first `among` providers that may be asked, or null.
    private @Nullable Ear enter(int among, long now) {
        for (int provider = 0; provider < among; provider++) {
            Long failed = failedAt[provider];
            if ((failed == null || now - failed >= failbackAfter)
                    && !admission.shut(provider)
                    && admission.enter(ears + 1, provider)) {
                return new Ear(++ears, provider);
            }
        }
        return null;
    }

    /// Lets the current ear hear what it is to hear again, if it is new.
    private void attend(Ear ear, long now, List<Effect> effects) {
        if (!ear.opened) {
            open(ear, now, effects);
        }
        if (!ear.hears) {
            ReplayBuffer.Replay replay = memory.replay();
            ear.hears = true;
            ear.from = replay.from();
            replay.steps().forEach(step -> effects.add(new Effect.Tell(ear.id, step)));
            ear.owingSince = memory.owed() ? now : null;
            if (replay.missing() > 0) {
                effects.add(new Effect.Count(ear.provider, Counted.REPLAY_LOST, replay.missing()));
            }
        }
    }

    private static void open(Ear ear, long now, List<Effect> effects) {
        ear.opened = true;
        ear.openedAt = now;
        effects.add(new Effect.Open(ear.id, ear.provider));
    }

    private List<Effect> mark(ReplayBuffer.Step step) {
        return current != null && current.hears
                ? List.of(new Effect.Tell(current.id, step))
                : List.of();
    }

    private static void leave(@Nullable Ear ear, List<Effect> effects) {
        if (ear != null) {
            if (ear.opened) {
                effects.add(new Effect.Close(ear.id));
            }
            effects.add(new Effect.Left(ear.id));
        }
    }

    private static void prove(Ear ear, List<Effect> effects) {
        if (!ear.proven) {
            ear.proven = true;
            effects.add(new Effect.Proven(ear.id));
        }
    }

    private void tellReady(List<Effect> effects) {
        if (!readyTold && current != null && current.ready) {
            readyTold = true;
            effects.add(new Effect.Ready());
        }
    }

    private @Nullable Ear alive(int id) {
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
