package io.sandalphone.harness.fakes;

/// What can go wrong at a vendor. Each fake says which of these it can do, and does it in its own
/// protocol.
public enum Fault {
    /// The key is not known: 401.
    UNAUTHORIZED,
    /// The key may not do this: 403.
    FORBIDDEN,
    /// Too much was asked of it: 429.
    RATE_LIMITED,
    /// Too much was asked of it, said as a bad request: 400 with the name of a throttle.
    THROTTLED,
    /// The vendor itself fails: 5xx, or what a protocol has in its place.
    SERVER_ERROR,
    /// Answers come, but far later than they should.
    SLOW,
    /// The connection stands, and from some moment on nothing comes.
    STALL,
    /// The vendor ends its side in the middle of an answer and leaves the connection so.
    HALF_CLOSE,
    /// The connection breaks without a goodbye.
    CUT,
    /// What comes does not obey the protocol.
    GARBAGE,
    /// What was asked for comes, but fields beside it are missing or of another type.
    INCOMPLETE,
    /// What comes is in another language than was asked for.
    WRONG_LANGUAGE,
    /// A turn that was closed comes once more.
    DUPLICATED_TURN,
    /// Words that were sent are sent again differently.
    REWRITTEN_PARTIAL,
    /// What is asked for, such as a model, is not there: 404.
    NOT_FOUND,
    /// What was paid for is used up: 429, and waiting does not help.
    QUOTA_SPENT,
    /// An answer begins, and in its middle nothing more comes; the connection stands.
    STALL_WITHIN,
    /// An answer begins as if all were well, and in its middle tells an error.
    ERROR_WITHIN,
    /// The answer comes as fast as it is taken and never ends.
    FLOOD,
    /// The answer is the same sentence again and again.
    REPEATED,
    /// The answer takes ten minutes to say.
    LONG_ANSWER,
    /// The answer ends in the middle, and says that it became too long.
    CUT_SHORT,
    /// The answer ends in the middle, and says that it was held back for what it holds.
    FILTERED,
    /// The answer ends in good order, without what should mark its end.
    UNFINISHED,
    /// A tool is called that nobody offered.
    UNKNOWN_TOOL
}
