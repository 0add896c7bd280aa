package io.sandalphone.harness.capture;

/// One UDP datagram over IPv4, as a capture has it. `nanos` is the kernel's time of it, since the
/// epoch. `payload` is what was captured of it: the snapshot length may have cut it.
// Nobody compares datagrams by value.
@SuppressWarnings("ArrayRecordComponent")
public record CapturedDatagram(long nanos, int sourcePort, int destinationPort, byte[] payload) {}
