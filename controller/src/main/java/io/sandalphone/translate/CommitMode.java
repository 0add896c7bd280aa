package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.segment.ClausePolicy;
import io.sandalphone.speech.segment.ClauseRules;
import io.sandalphone.speech.segment.CommitAtUtteranceEnd;
import io.sandalphone.speech.segment.CommitByClause;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.PromptEnds;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.text.lexicon.Capitals;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.speech.text.protect.Wholes;

import java.util.Optional;

/// When what somebody says is translated and spoken.
public enum CommitMode implements CommitPolicyFactory {
    /// Clause by clause while they speak, where the recognizer settles words before the end and there are rules
    /// for clauses of the language; else at the end.
    CLAUSE,
    /// When the utterance has ended.
    UTTERANCE;

    @Override
    public CommitPolicy policy(Glossary glossary, Language from, Language to) {
        return switch (this) {
            case UTTERANCE -> new CommitAtUtteranceEnd();
            case CLAUSE ->
                    ClauseRules.of(from)
                            .map(rules -> byClause(rules, glossary, from, to))
                            .orElseGet(CommitAtUtteranceEnd::new);
        };
    }

    @Override
    public Optional<PromptEnds> promptEnds(Language from, UtteranceDetector utterances) {
        return switch (this) {
            case UTTERANCE -> Optional.empty();
            case CLAUSE -> ClauseRules.of(from).map(rules -> new PromptEnds(rules, utterances));
        };
    }

    /// By clauses as `rules` say, none of which parts what must arrive whole, with the capitals of a written sentence.
    public static CommitPolicy byClause(
            ClauseRules rules, Glossary glossary, Language from, Language to) {
        var wholes = new Wholes(glossary, from, to);
        return new CommitByClause(
                new ClausePolicy(rules, (text, index) -> !wholes.parted(text, index)),
                text -> Capitals.restored(text, from));
    }
}
