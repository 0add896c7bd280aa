package io.sandalphone.speech.text;

import io.sandalphone.speech.Language;

import java.util.Optional;

/// Reads a sentence as the first utterance will be read, before there is one: its rules and tables take
/// about half a second of a processor to load, in which people would wait for their first translation.
public final class TextWarmUp {
    private static final String SENTENCE =
            "Call 212-555-0100 at 5:30 on May 3, it is $20 or 2/3 of A-12, no, twenty five 25 %.";

    private TextWarmUp() {}

    /// Of what is said in either language to a speaker of the other. Blocks.
    public static void run(Language one, Language other) {
        for (int direction = 0; direction < 2; direction++) {
            Language from = direction == 0 ? one : other;
            Language to = direction == 0 ? other : one;
            new Admission(from, to).admit(SENTENCE, Optional.empty());
            EchoText.differs(SENTENCE, SENTENCE, from);
            ReadAloud.inWords(SENTENCE, to);
        }
    }
}
