package io.sandalphone.translate;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.segment.CommitPolicy;
import io.sandalphone.speech.text.protect.Glossary;

/// Makes the commit policy of each lane. Thread-safe.
@FunctionalInterface
public interface CommitPolicyFactory {
    /// For one lane: what is said in `from` to a speaker of `to`, of which `glossary` must arrive whole.
    CommitPolicy policy(Glossary glossary, Language from, Language to);
}
