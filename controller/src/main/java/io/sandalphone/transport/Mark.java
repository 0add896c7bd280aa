package io.sandalphone.transport;

/// What became of a mark.
///
/// @param name as it was given
/// @param played whether the carrier said that the caller has been played all that was sent before it; false where that was
///     cleared, or the call ended first
public record Mark(String name, boolean played) {}
