package io.sandalphone.call;

import io.sandalphone.routing.NumberSettings;

import java.util.Optional;

/// What a call that arrived was to. `number` is as the carrier wrote it, empty where no number was called. `settings` are those
/// of that number. `notice` is what the caller hears in place of anybody, where nobody is reached.
///
/// Printed without the number.
record Called(String number, NumberSettings settings, Optional<Notice> notice) {
    /// No number.
    static final Called NOTHING = new Called("", NumberSettings.NONE, Optional.empty());

    @Override
    public String toString() {
        return "Called[%s]".formatted(settings);
    }
}
