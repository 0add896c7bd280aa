package io.sandalphone.harness.carrier;

/// What can go wrong at a simulated carrier, each by a switch. Those of streams work on messages from
/// then on, those of requests on the next requests.
public enum CarrierFault {
    /// The telephone's sound arrives 400 ms late.
    LATE_MEDIA,
    /// The telephone's sound arrives ten frames at a time.
    BURSTY_MEDIA,
    /// Every other frame arrives before the one that it follows.
    REORDERED_MEDIA,
    /// One frame in 25 holds five seconds of sound.
    OVERSIZED_MEDIA,
    /// Beside every tenth frame something arrives that is no message of the protocol.
    MALFORMED_MEDIA,
    /// The stream's id stands inside the message's body alone.
    NESTED_STREAM_ID,
    /// The stream's id is nowhere but in `start`.
    MISSING_STREAM_ID,
    /// The call speaks A-law, and `start` says so. At Twilio both directions do; at Telnyx that
    /// towards the server, where the document leaves it open. Holds for streams that begin.
    A_LAW,
    /// Numbers in messages stand as numbers and not as strings (Telnyx, of which both are reported).
    PLAIN_NUMBERS,
    /// A second socket presents what the first one did. Holds for streams that begin.
    REPLAYED_TOKEN,
    /// Marks are echoed half a second after they were reached.
    LATE_MARKS,
    /// A stream that ends has no `stop`.
    NO_STOP,
    /// Webhooks, callbacks and handshakes are signed with another key.
    WRONG_SIGNATURE,
    /// Webhooks and callbacks are signed for a time ten minutes ago (Telnyx).
    STALE_TIMESTAMP,
    /// Webhooks and callbacks come without a signature.
    NO_SIGNATURE,
    /// Status callbacks arrive each after its successor.
    REORDERED_CALLBACKS,
    /// Status callbacks arrive twice.
    DUPLICATED_CALLBACKS,
    /// Status callbacks are lost.
    LOST_CALLBACKS,
    /// The next REST request that changes something is refused with 429.
    RATE_LIMITED,
    /// The next REST request that changes something fails with 503 and does nothing.
    FAILS_BEFORE,
    /// The next REST request that changes something is done, and answered with 503.
    FAILS_AFTER,
    /// The next REST request that changes something is done, and the connection breaks off.
    BREAKS_OFF_AFTER
}
