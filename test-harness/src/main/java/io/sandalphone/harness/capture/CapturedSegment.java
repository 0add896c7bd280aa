package io.sandalphone.harness.capture;

/// One captured TCP segment: when it passed, by the kernel's clock in nanoseconds since the epoch, its ports,
/// and how many bytes it carries.
public record CapturedSegment(long nanos, int sourcePort, int destinationPort, int length) {}
