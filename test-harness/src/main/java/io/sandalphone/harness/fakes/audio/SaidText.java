package io.sandalphone.harness.fakes.audio;

/// A text that was sent to be spoken.
///
/// @param voice as it was asked for; empty where the service chose
/// @param speed as it was asked for, 1 where it was not
public record SaidText(String text, String voice, double speed) {}
