package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.segment.PromptEnds;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.text.protect.Glossary;

import java.util.Optional;

/// Makes what commits each lane's words, and what ends its utterances sooner. Thread-safe.
@FunctionalInterface
public interface CommitPolicyFactory {
    /// For one lane: what is said in `from` to a speaker of `to`, of which `glossary` must arrive whole.
    CommitPolicy policy(Glossary glossary, Language from, Language to);

    /// What ends `utterances`, which are said in `from`, sooner where their words sound complete. By default nothing does.
    default Optional<PromptEnds> promptEnds(Language from, UtteranceDetector utterances) {
        return Optional.empty();
    }
}
