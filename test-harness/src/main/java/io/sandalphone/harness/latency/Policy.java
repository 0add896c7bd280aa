package io.sandalphone.harness.latency;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.segment.ClauseRules;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.translate.CommitMode;

import java.util.function.BiFunction;

/// One way to commit what is said.
///
/// @param name in the report
/// @param make makes it for a speaker of one language and a listener of another
record Policy(String name, BiFunction<Language, Language, CommitPolicy> make) {
    /// When the utterance has ended.
    static final Policy PATIENT = of("patient", CommitMode.UTTERANCE);

    /// As the gateway does it.
    static final Policy CLAUSE = of("clause", CommitMode.CLAUSE);

    private static Policy of(String name, CommitMode mode) {
        return new Policy(name, (from, to) -> mode.policy(Glossary.EMPTY, from, to));
    }

    /// By clauses of at least so many words.
    static Policy leastWords(int words) {
        return new Policy(
                "clause, least " + words,
                (from, to) ->
                        CommitMode.byClause(
                                ClauseRules.of(from).orElseThrow().withLeastWords(words),
                                Glossary.EMPTY,
                                from,
                                to));
    }
}
