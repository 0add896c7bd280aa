package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.Dial;

/// A call that a carrier is to begin: whom to ring, what happens when they answer, and where the carrier
/// tells what becomes of it and who answered.
public record NewCall(Dial dial, String document, String statusUrl, String machineUrl) {
    /// How long it rings, in whole seconds from `least` to `most`.
    public long ringSeconds(long least, long most) {
        return Math.clamp(dial.ring().toSeconds(), least, most);
    }

    /// How long it may last, in whole seconds from `least` to `most`.
    public long longestSeconds(long least, long most) {
        return Math.clamp(dial.longestCall().toSeconds(), least, most);
    }
}
