package io.sandalphone.harness.carrier;

/// Something that came to pass at a simulated carrier.
///
/// @param nanos when, on the clock of [System#nanoTime]
/// @param call the carrier's id of the call it belongs to, empty when it belongs to none
/// @param what its kind
/// @param code the carrier's own number of the error or warning, 0 for what is in order
/// @param detail what happened, for readers
public record Happening(long nanos, String call, What what, int code, String detail) {
    /// The kinds of what happens.
    public enum What {
        /// A call's status changed; the detail begins with the status.
        STATUS,
        /// A document was asked for, from a number's webhook, its fallback or a `Url`.
        WEBHOOK,
        /// A document did not come, was no XML, or held what the carrier does not know.
        DOCUMENT,
        /// A verb began; the detail begins with its name.
        VERB,
        /// A media stream's socket was opened.
        STREAM_OPENED,
        /// A media stream ended or could not begin; the code says why.
        STREAM_ENDED,
        /// A message on a media stream was ignored.
        STREAM_WARNING,
        /// A status callback was sent.
        CALLBACK,
        /// A request came to the REST API.
        REST,
        /// A fault struck.
        FAULT
    }

    @Override
    public String toString() {
        return what + (code == 0 ? "" : " " + code) + " " + detail;
    }
}
