package io.sandalphone.speech.http;

import java.io.IOException;
import java.io.Serial;

/// A body that goes on for longer than any server means it to, and was cut off.
public final class OverlongException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    /// Something without end.
    ///
    /// @param what what has no end, as words of a sentence
    public OverlongException(String what) {
        super(what + " without end");
    }
}
