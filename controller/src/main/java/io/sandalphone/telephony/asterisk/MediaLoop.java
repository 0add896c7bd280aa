package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.rtp.RtpSocket;
import io.sandalphone.time.VertxLoop;

import java.net.InetSocketAddress;

/// One event loop with its one RTP socket. `sink` is an address whose packets nobody reads: where
/// Asterisk sends what must have somewhere to go.
public record MediaLoop(VertxLoop loop, RtpSocket socket, InetSocketAddress sink) {}
