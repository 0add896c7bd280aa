package io.sandalphone.harness.bench;

/// When the stages of a phrase were reached, in milliseconds after its last word; negative before it, and not a number where
/// it never was.
///
/// @param said its words
/// @param understood what was recognised of it
/// @param pieces in how many it was translated
/// @param ended the end of the utterance was known
/// @param words the recognizer had answered
/// @param translated the last piece was translated
/// @param sound the first sound of its translation was there
record FirstSound(
        String said,
        String understood,
        int pieces,
        double ended,
        double words,
        double translated,
        double sound) {}
