package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.harness.converse.StepVerdict.Judgement;
import io.sandalphone.speech.Language;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes the steps of a conversation, one after the other, with the caller's telephone, and judges each. Whatever fails, the rest is
/// tried all the same, as long as the call lives. One thread.
final class ConversationRun {
    private static final Duration LOOK = Duration.ofMillis(20);

    /// After so much silence the agent has said what it had to say.
    private static final long FINISHED_MILLIS = 1000;

    /// After so much of it nothing more is waited for: nobody is left in silence for longer than 4 s.
    private static final long SILENT_MILLIS = 5000;

    /// A caller takes the floor after so much of it.
    private static final long FLOOR_MILLIS = 600;

    /// By so much a recording may be early on a machine that is busy: it has no gaps where packets came late.
    static final long SKEW_MILLIS = 300;

    /// No agent is waited for longer.
    private static final long LONGEST_MILLIS = 90_000;

    /// The tool that takes somebody else.
    private static final String TRANSFER = "transfer";

    private final Conversation conversation;
    private final CallerPhone phone;
    private final long allowance;
    private final boolean needsMore;

    /// The end of the caller's latest sound, and of the latest after which the agent owes something.
    private long callerEnd;

    private long owedSince;

    /// What was heard until then was judged.
    private long judgedUntil;

    private Stretch over = new Stretch(0, 0);

    private ConversationRun(Conversation conversation, CallerPhone phone, Duration allowance) {
        this.conversation = conversation;
        this.phone = phone;
        this.allowance = allowance.toMillis();
        needsMore =
                (conversation.person() != Reached.ANSWERS && !hasPerson())
                        || conversation.steps().stream().anyMatch(this::needsMore)
                        || conversation.model().stream()
                                .flatMap(reply -> reply.call().stream())
                                .anyMatch(call -> call.name().startsWith(TRANSFER) && !hasPerson());
    }

    private boolean hasPerson() {
        return phone.hasPerson(conversation.person());
    }

    /// Whether the agent lacks what it takes.
    private boolean needsMore(Step step) {
        return (step instanceof Step.IsTransferred && !hasPerson())
                || (step instanceof Step.LeavesMessage && phone.messages().isEmpty());
    }

    /// `allowance` is added to every time within which something must happen: what the way to the telephone may take.
    static Verdict of(Conversation conversation, CallerPhone phone, Duration allowance) {
        return new ConversationRun(conversation, phone, allowance).run();
    }

    /// What became of a step.
    private record Judged(Judgement judgement, String told) {
        static Judged held(String told) {
            return new Judged(Judgement.HELD, told);
        }

        static Judged failed(String told) {
            return new Judged(Judgement.FAILED, told);
        }
    }

    private Verdict run() {
        List<StepVerdict> verdicts = new ArrayList<>();
        for (Step step : conversation.steps()) {
            Judged judged = phone.ended().isPresent() ? over(step) : take(step);
            boolean excused = needsMore && judged.judgement() != Judgement.HELD;
            verdicts.add(
                    new StepVerdict(
                            verdicts.size() + 1,
                            StepText.of(step),
                            excused ? Judgement.NOT_OFFERED : judged.judgement(),
                            judged.told()));
        }
        if (phone.ended().isEmpty()) {
            phone.hangUp();
        }
        return new Verdict(verdicts, conversation.never().isEmpty() ? List.of() : neverHeard());
    }

    private List<Phrase> neverHeard() {
        String all = phone.agentWords(0, phone.now(), conversation.language());
        return conversation.never().stream().filter(each -> each.isIn(all)).toList();
    }

    /// The call is over already.
    private Judged over(Step step) {
        return switch (step) {
            case Step.IsHungUpOn _ -> Judged.held("");
            case Step.HangsUp _ -> Judged.failed("the agent had hung up: " + reason());
            default -> new Judged(Judgement.NOT_REACHED, "the call was over: " + reason());
        };
    }

    private String reason() {
        return phone.ended().orElse("");
    }

    private Judged take(Step step) {
        return switch (step) {
            case Step.Says says -> sound(says, () -> say(says));
            case Step.Makes makes -> sound(makes, () -> phone.make(makes.noise(), makes.lasting()));
            case Step.Presses presses -> sound(presses, () -> phone.press(presses.keys()));
            case Step.Waits(var time) -> {
                phone.pass(time);
                yield Judged.held("");
            }
            case Step.HangsUp _ -> {
                phone.hangUp();
                yield Judged.held("");
            }
            case Step.Hears hears -> hears(hears);
            case Step.HearsNothing(var time) -> hearsNothing(time.toMillis());
            case Step.FallsSilent(var within) -> fallsSilent(within.toMillis());
            case Step.SpeaksOn(var phrases) ->
                    heard(phrases, List.of(), over.from(), 0, conversation.language());
            case Step.IsHungUpOn(var within) -> hungUp(within.toMillis());
            case Step.IsTransferred(var told, var within) ->
                    hasPerson() ? isTransferred(told, within) : notOffered("there is nobody else");
            case Step.LeavesMessage(var phrases, var within) ->
                    phone.messages().isEmpty()
                            ? notOffered("nobody receives messages")
                            : leavesMessage(phrases, within.toMillis());
        };
    }

    private static Judged notOffered(String what) {
        return new Judged(Judgement.NOT_OFFERED, what);
    }

    private Stretch say(Step.Says says) {
        return phone.say(says.text(), language(says), says.overTheAgent().isPresent());
    }

    private Language language(Step.Says says) {
        return says.language().orElse(conversation.language());
    }

    private Judged sound(Step.Sound step, Supplier<Stretch> begin) {
        if (step.overTheAgent().isPresent()) {
            Optional<Judged> missed = awaitMoment(step.overTheAgent().get().toMillis());
            if (missed.isPresent()) {
                return missed.get();
            }
        } else if (!await(() -> silentFor() >= FLOOR_MILLIS, LONGEST_MILLIS)) {
            return Judged.failed("the agent does not come to an end");
        }
        over = begin.get();
        await(() -> phone.now() >= over.until(), over.until() - phone.now() + LONGEST_MILLIS);
        callerEnd = over.until();
        if (!(step instanceof Step.Makes)) {
            owedSince = callerEnd;
        }
        return Judged.held("");
    }

    /// Waits until so long after the beginning of what the agent owes; gives what is wrong where it does not speak then.
    private Optional<Judged> awaitMoment(long afterBeginning) {
        if (!await(() -> owed().isPresent(), LONGEST_MILLIS)) {
            return Optional.of(Judged.failed("the agent says nothing to speak over"));
        }
        long moment = owed().orElseThrow().from() + afterBeginning;
        await(() -> phone.now() >= moment, LONGEST_MILLIS);
        return silentFor() > FINISHED_MILLIS
                ? Optional.of(Judged.failed("the agent had finished before"))
                : Optional.empty();
    }

    /// The first that the agent says of what it owes.
    private Optional<Stretch> owed() {
        return first(owedSince);
    }

    private Optional<Stretch> first(long since) {
        return phone.agentSounds().stream().filter(each -> each.from() >= since).findFirst();
    }

    /// For how long the agent has been silent.
    private long silentFor() {
        List<Stretch> sounds = phone.agentSounds();
        return phone.now() - (sounds.isEmpty() ? 0 : sounds.getLast().until());
    }

    private Judged hears(Step.Hears hears) {
        long since = Math.max(callerEnd, judgedUntil);
        long within = hears.within().toMillis();
        if (!await(() -> first(since).isPresent(), since + within + allowance - phone.now())) {
            return Judged.failed("nothing was heard within " + seconds(within + allowance));
        }
        long delay = first(since).orElseThrow().from() - since;
        if (delay > within + allowance) {
            return Judged.failed("only heard after " + seconds(delay));
        }
        Judged judged =
                heard(
                        hears.phrases(),
                        hears.never(),
                        since,
                        since + within,
                        hears.language().orElse(conversation.language()));
        return new Judged(judged.judgement(), "after " + seconds(delay) + ": " + judged.told());
    }

    /// Waits until all of `phrases` were heard from `since` on; not before `least` is that given up.
    private Judged heard(
            List<Phrase> phrases, List<Phrase> never, long since, long least, Language language) {
        String words = "";
        List<Phrase> missing = phrases;
        long known = -1;
        long until = phone.now() + LONGEST_MILLIS;
        while (true) {
            phone.pass(LOOK);
            boolean over = phone.ended().isPresent();
            List<Stretch> sounds = phone.agentSounds();
            long last = sounds.isEmpty() ? 0 : sounds.getLast().until();
            if ((over || silentFor() >= FINISHED_MILLIS) && last > known && last > since) {
                known = last;
                words = phone.agentWords(since, phone.now(), language);
                missing = Phrase.missing(phrases, words);
            }
            if (missing.isEmpty() && known == last) {
                break;
            }
            boolean silent = silentFor() >= SILENT_MILLIS && phone.now() >= least;
            if (over || silent || phone.now() >= until) {
                break;
            }
        }
        judgedUntil = phone.now();
        @Nullable String wrong = wrong(missing, never, words);
        return wrong == null ? Judged.held('"' + words + '"') : Judged.failed(wrong);
    }

    private static @Nullable String wrong(List<Phrase> missing, List<Phrase> never, String words) {
        for (Phrase phrase : never) {
            if (phrase.isIn(words)) {
                return "\"%s\" must not be heard: \"%s\"".formatted(phrase, words);
            }
        }
        return missing.isEmpty()
                ? null
                : "no \"%s\" in \"%s\"".formatted(missing.getFirst(), words);
    }

    private Judged hearsNothing(long millis) {
        long from = phone.now();
        phone.pass(Duration.ofMillis(millis));
        judgedUntil = phone.now();
        return phone.agentSounds().stream().anyMatch(each -> each.until() > from)
                ? Judged.failed(
                        "\"%s\" was heard"
                                .formatted(
                                        phone.agentWords(
                                                from, phone.now(), conversation.language())))
                : Judged.held("");
    }

    private Judged fallsSilent(long within) {
        List<Stretch> under =
                phone.agentSounds().stream()
                        .filter(each -> each.from() < over.from())
                        .filter(each -> each.until() > over.from() - SKEW_MILLIS)
                        .toList();
        if (under.isEmpty()) {
            return Judged.failed("the agent was not speaking");
        }
        long silent = Math.max(0, under.getLast().until() - over.from());
        return silent <= within + allowance
                ? Judged.held("after " + silent + " ms")
                : Judged.failed("only after " + silent + " ms");
    }

    private Judged isTransferred(List<Phrase> told, Duration within) {
        Optional<String> heard = phone.awaitPerson(within.plusMillis(allowance));
        if (heard.isEmpty()) {
            return Judged.failed("nobody was rung, answered and was joined");
        }
        List<Phrase> missing = Phrase.missing(told, heard.get());
        return missing.isEmpty()
                ? Judged.held("told: \"" + heard.get() + '"')
                : Judged.failed(
                        "no \"%s\" in what they were told: \"%s\""
                                .formatted(missing.getFirst(), heard.get()));
    }

    private Judged leavesMessage(List<Phrase> phrases, long within) {
        Supplier<Optional<String>> wanted =
                () ->
                        phone.messages().orElse(List.of()).stream()
                                .filter(text -> Phrase.missing(phrases, text).isEmpty())
                                .findFirst();
        return await(() -> wanted.get().isPresent(), callerEnd + within + allowance - phone.now())
                ? Judged.held('"' + wanted.get().orElseThrow() + '"')
                : Judged.failed("delivered: " + phone.messages().orElse(List.of()));
    }

    private Judged hungUp(long within) {
        return await(() -> phone.ended().isPresent(), within + allowance)
                ? Judged.held(reason())
                : Judged.failed("the call goes on");
    }

    private boolean await(Supplier<Boolean> reached, long millis) {
        long until = phone.now() + millis;
        while (!reached.get()) {
            if (phone.now() >= until || phone.ended().isPresent()) {
                return reached.get();
            }
            phone.pass(LOOK);
        }
        return true;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
}
