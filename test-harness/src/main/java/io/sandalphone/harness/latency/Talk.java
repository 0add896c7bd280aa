package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.Utterance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/// One turn of the evaluation set as a recognizer with immutable words tells it: each word once it will not change, in lower case
/// and without marks, and an end behind each silence that ends an utterance.
final class Talk {
    /// Silence that ends an utterance, as the gateway's own detector has it.
    private static final int PAUSE_MILLIS = 560;

    /// What was committed, and when.
    record Clause(Utterance utterance, long committedMillis) {}

    private Talk() {}

    /// What `policy` commits of `said`.
    static List<Clause> clauses(
            EvaluationSet.Utterance said, CommitPolicy policy, Delay word, Random chance) {
        List<Clause> clauses = new ArrayList<>();
        List<TranscriptEvent.Word> open = new ArrayList<>();
        long told = 0;
        for (int i = 0; i < said.words().size(); i++) {
            EvaluationSet.Word next = said.words().get(i);
            open.add(
                    new TranscriptEvent.Word(
                            plain(next.text()), samples(next.startMs()), samples(next.endMs())));
            told = Math.max(told, next.endMs() + word.draw(chance));
            commit(policy, partial(open), told, clauses);
            boolean ends =
                    i + 1 == said.words().size()
                            || said.words().get(i + 1).startMs() - next.endMs() >= PAUSE_MILLIS;
            if (ends) {
                told = Math.max(told, next.endMs() + PAUSE_MILLIS);
                commit(policy, whole(open), told, clauses);
                open.clear();
            }
        }
        return clauses;
    }

    private static void commit(
            CommitPolicy policy, TranscriptEvent event, long millis, List<Clause> clauses) {
        policy.commit(event).forEach(each -> clauses.add(new Clause(each, millis)));
    }

    private static TranscriptEvent partial(List<TranscriptEvent.Word> words) {
        return new TranscriptEvent.Partial(
                words, "", "", words.getFirst().start(), words.getLast().end());
    }

    private static TranscriptEvent whole(List<TranscriptEvent.Word> words) {
        return new TranscriptEvent.Final(
                String.join(" ", words.stream().map(TranscriptEvent.Word::text).toList()),
                words.getFirst().start(),
                words.getLast().end(),
                Optional.empty());
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("^[¿¡\"'(]+|[.,;:?!…\")]+$", "");
    }

    private static long samples(long millis) {
        return millis * AudioFrame.TELEPHONE_RATE / 1000;
    }
}
