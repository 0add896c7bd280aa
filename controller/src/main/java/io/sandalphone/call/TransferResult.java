package io.sandalphone.call;

import java.util.Locale;

/// What became of a [Transfer].
public enum TransferResult {
    /// The two were joined.
    JOINED,
    /// The person did not answer, or was gone before the two were joined: the agent is back.
    NOT_REACHED,
    /// The person may not be rung any more today: the agent is back.
    REFUSED,
    /// The call ended meanwhile.
    GIVEN_UP;

    /// As written in metrics: `not-reached`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
