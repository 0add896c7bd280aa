package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.time.Loop;

import java.net.InetSocketAddress;

/// One event loop with its one port for RTP. `sink` is an address whose packets nobody reads: where
/// Asterisk sends what must have somewhere to go.
public record MediaLoop(Loop loop, MediaPort port, InetSocketAddress sink) {}
