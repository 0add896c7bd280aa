package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.RTPstat;

/// How a leg's phone numbers its packets, as far as Asterisk's statistics tell.
///
/// Asterisk takes a sequence number that is more than 100 behind for one of the next round of 65536,
/// and counts what would lie between as lost. It updates that count with every RTCP report, which
/// is each second as we configure it.
///
/// @param ssrc the source; 0 before its first packet
/// @param lost packets lost since the source began
record RtpNumbering(long ssrc, long lost) {
    /// Nothing was looked at yet.
    static final RtpNumbering UNKNOWN = new RtpNumbering(0, 0);

    // What is behind, is so by less than half a round. No network loses as much within a call and
    // lets it go on: ten minutes of packets.
    private static final long LEAST_LOST_BY_JUMP = 1 << 15;

    static RtpNumbering of(RTPstat statistics) {
        return new RtpNumbering(
                statistics.getRemote_ssrc(), Integer.toUnsignedLong(statistics.getRxploss()));
    }

    /// Whether a packet has come at all.
    boolean known() {
        return ssrc != 0;
    }

    /// Whether the phone, or another in its place, has begun another numbering of its packets since
    /// `before`, so that they may be behind the earlier ones. Of what was not known before, only a
    /// jump can be seen.
    boolean startedAnewSince(RtpNumbering before) {
        return (before.known() && ssrc != before.ssrc) || lost - before.lost >= LEAST_LOST_BY_JUMP;
    }
}
