package io.sandalphone.telephony;

import java.security.SecureRandom;

/// Makes the ids of calls: short, readable aloud, unique for ever in practice. The time leads, so
/// that they sort by age; the rest is chance.
public final class CallIds {
    private static final SecureRandom CHANCE = new SecureRandom();

    private CallIds() {}

    /// A new id: lower-case letters and digits only, so that it can stand inside other ids.
    public static String next() {
        long chance = CHANCE.nextLong(36L * 36 * 36 * 36 * 36);
        return Long.toString(System.currentTimeMillis(), 36) + Long.toString(chance, 36);
    }
}
