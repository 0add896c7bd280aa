package io.sandalphone.notices;

import java.util.OptionalLong;

/// Something that an operator should know and that is so at this moment.
///
/// @param about which of several of its kind, in words of the configuration: `translator google`; empty where there is one alone.
///     Never a number, a name or a word of anybody's
/// @param count how many calls it has met since it began, where it is about calls
/// @param daysLeft until it becomes worse, where that is known
public record Condition(NoticeKind kind, String about, OptionalLong count, OptionalLong daysLeft) {
    /// One without numbers.
    public static Condition of(NoticeKind kind, String about) {
        return new Condition(kind, about, OptionalLong.empty(), OptionalLong.empty());
    }

    /// One that has met so many calls.
    public static Condition counted(NoticeKind kind, long count) {
        return new Condition(kind, "", OptionalLong.of(count), OptionalLong.empty());
    }

    /// What tells it from others; what may change while it lasts is no part of that.
    Subject subject() {
        return new Subject(kind, about);
    }

    /// A thing that can be the matter.
    record Subject(NoticeKind kind, String about) {}
}
