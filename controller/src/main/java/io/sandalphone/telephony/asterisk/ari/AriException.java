package io.sandalphone.telephony.asterisk.ari;

import org.jspecify.annotations.Nullable;

/// A request that Asterisk refused, or that was never answered. The message names the request
/// (method and path, never its parameters) and what Asterisk said about it.
public final class AriException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The [#status()] of a request without an answer.
    public static final int NO_ANSWER = 0;

    private final int status;

    public AriException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /// The HTTP status, or [#NO_ANSWER]: then nobody knows whether Asterisk did what it was asked.
    public int status() {
        return status;
    }

    /// Whether what the request named does not exist (any more): success, for a deletion.
    public boolean notFound() {
        return status == 404;
    }

    /// Whether a request failed because it was not answered.
    public static boolean isUnanswered(Throwable failure) {
        return failure instanceof AriException ari && ari.status == NO_ANSWER;
    }
}
