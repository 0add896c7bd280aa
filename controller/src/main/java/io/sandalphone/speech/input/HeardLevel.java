package io.sandalphone.speech.input;

/// How loud a party was in the last moments, 200 ms, in which they were listened to.
///
/// @param decibels their mean power in dBov: a square wave of the greatest samples has 0, and what is softer than
///     [#SOFTEST] has that
/// @param speech whether some of it was speech
/// @param clipped how many samples were at the limit of what the coding can hold: a microphone or a line is overdriven
public record HeardLevel(double decibels, boolean speech, int clipped) {
    /// As in RFC 6465: nothing below it can be said in G.711.
    public static final double SOFTEST = -127;
}
