package io.sandalphone.harness.sip;

/// An RTP packet (RFC 3550) as it came: when, by [System#nanoTime], and what it held. Nobody writes
/// `payload`.
// An array, because it is what came over the wire; nobody compares packets by value.
@SuppressWarnings("ArrayRecordComponent")
public record ReceivedPacket(
        long arrivalNanos,
        int payloadType,
        boolean marker,
        int sequence,
        long timestamp,
        int ssrc,
        byte[] payload) {}
