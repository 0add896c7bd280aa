package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.time.Duration;
import java.util.Optional;

/// What a carrier is told by a program that only answers, and has no access to the carrier's REST interface:
/// nothing but `<Hangup/>` stands behind the stream in a call's document, so a call ends with its stream. Closing the socket is how
/// it is ended, and a stream that broke off is not asked for again. Thread-safe.
public abstract class AnsweringDialect implements Dialect {
    /// Longer than carriers take to connect. Nothing is asked for again then: the call is given up.
    private static final Duration FIRST_START_LIMIT = Duration.ofSeconds(15);

    private final String name;

    /// `name` is the carrier as routes name it.
    protected AnsweringDialect(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String credentialsRefused() {
        return name + " is asked for nothing";
    }

    /// The program decides, on a thread of its own.
    @Override
    public final boolean answersAtOnce() {
        return false;
    }

    @Override
    public final Duration firstStartLimit() {
        return FIRST_START_LIMIT;
    }

    @Override
    public final String rejection(HangupCause cause) {
        return ResponseXml.rejection(cause);
    }

    @Override
    public final RestAnswer begin(NewCall call) {
        return new RestAnswer.Refused(501, "", RestAnswer.Reason.OTHER, HangupCause.FAILURE);
    }

    /// The socket, which is closed once this is done, takes the call with it.
    @Override
    public final RestAnswer end(String callId, boolean answered) {
        return new RestAnswer.Done(Optional.of(callId));
    }

    /// A call whose stream has broken off has come to its document's end.
    @Override
    public final RestAnswer redirect(String callId, String document) {
        return new RestAnswer.Refused(404, "", RestAnswer.Reason.GONE, HangupCause.NORMAL);
    }

    @Override
    public final void close() {}
}
