package io.sandalphone.notices;

import java.util.List;
import java.util.Optional;

/// Where is seen what an operator should know.
///
/// @param kind of what it can find
/// @param look finds what is so just now
public record NoticeSource(NoticeKind kind, Look look) {
    /// Looks. May wait; runs on a thread on which no call waits.
    @FunctionalInterface
    public interface Look {
        /// Everything of that kind that is so now; nothing where that cannot be said.
        Optional<List<Condition>> now() throws InterruptedException;
    }
}
