package io.sandalphone.app;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.admission.Admission;
import io.sandalphone.speech.text.admission.EchoText;
import io.sandalphone.speech.text.aloud.ReadAloud;

import java.util.Optional;

/// Reads a sentence as the first utterance will be read, before there is one: its rules and tables take
/// about half a second of a processor to load, in which people would wait for their first translation.
final class TextWarmUp {
    private static final String SENTENCE =
            "Call 212-555-0100 at 5:30 on May 3, it is $20 or 2/3 of A-12, no, twenty five 25 %.";

    private TextWarmUp() {}

    /// Of what is said in either language to a speaker of the other. Blocks.
    static void run(Language one, Language other) {
        for (int direction = 0; direction < 2; direction++) {
            Language from = direction == 0 ? one : other;
            Language to = direction == 0 ? other : one;
            var _ = new Admission(from, to).admit(SENTENCE, Optional.empty());
            var _ = EchoText.confirms(SENTENCE, SENTENCE, from);
            var _ = ReadAloud.inWords(SENTENCE, to);
        }
    }
}
