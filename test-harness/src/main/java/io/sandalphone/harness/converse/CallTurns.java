package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/// Makes the turns of a call of what was said and heard when.
final class CallTurns {
    /// What began to be heard sooner after an interruption was on its way.
    private static final long UNDER_WAY_MILLIS = 200;

    private final List<Said> said;
    private final List<Stretch> heard;
    private final BiFunction<Long, Long, String> words;

    /// What the caller said, after the agent or over its voice.
    record Said(String text, Language language, Stretch when, boolean interrupts) {}

    /// `words` gives those of the agent that were heard between two times.
    CallTurns(List<Said> said, List<Stretch> heard, BiFunction<Long, Long, String> words) {
        this.said = List.copyOf(said);
        this.heard = List.copyOf(heard);
        this.words = words;
    }

    /// All of them, by their beginnings.
    List<CallTurn> all() {
        List<CallTurn> turns = new ArrayList<>();
        agent(0, next(0), OptionalLong.empty(), turns);
        for (int i = 0; i < said.size(); i++) {
            Stretch when = said.get(i).when();
            turns.add(caller(said.get(i)));
            agent(when.until(), next(i + 1), OptionalLong.of(when.until()), turns);
        }
        turns.sort(Comparator.comparingLong(CallTurn::from));
        return turns;
    }

    private long next(int index) {
        return index < said.size() ? said.get(index).when().from() : Long.MAX_VALUE;
    }

    private CallTurn caller(Said said) {
        Stretch when = said.when();
        OptionalLong silent = OptionalLong.empty();
        OptionalInt after = OptionalInt.empty();
        for (Stretch sound : heard) {
            if (said.interrupts()
                    && sound.from() < when.from()
                    && sound.until() > when.from() - ConversationRun.SKEW_MILLIS) {
                silent = OptionalLong.of(Math.max(0, sound.until() - when.from()));
                String late = words.apply(when.from() + UNDER_WAY_MILLIS, when.until());
                boolean again =
                        heard.stream()
                                .anyMatch(
                                        each ->
                                                each.from() > when.from() + UNDER_WAY_MILLIS
                                                        && each.from() < when.until());
                after = OptionalInt.of(again && !late.isBlank() ? late.split(" ", -1).length : 0);
            }
        }
        return new CallTurn(
                true, when.from(), when.until(), said.text(), OptionalLong.empty(), silent, after);
    }

    /// What the agent began to say between two times.
    private void agent(long since, long until, OptionalLong asked, List<CallTurn> turns) {
        List<Stretch> own =
                heard.stream().filter(each -> each.from() >= since && each.from() < until).toList();
        if (!own.isEmpty()) {
            long from = own.getFirst().from();
            long end = own.getLast().until();
            turns.add(
                    new CallTurn(
                            false,
                            from,
                            end,
                            words.apply(from, end),
                            asked.isPresent()
                                    ? OptionalLong.of(from - asked.getAsLong())
                                    : OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalInt.empty()));
        }
    }
}
