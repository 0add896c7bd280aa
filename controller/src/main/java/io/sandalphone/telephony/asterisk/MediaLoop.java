package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.rtp.MediaPort;
import io.sandalphone.time.Loop;

/// One event loop with its ports for RTP: `port` for what is heard and said, and `sink`, which nobody
/// reads, for what Asterisk must have somewhere to send.
public record MediaLoop(Loop loop, MediaPort port, MediaPort sink) {}
