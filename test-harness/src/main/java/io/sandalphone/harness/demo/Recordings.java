package io.sandalphone.harness.demo;

import io.sandalphone.telephony.Party;

import java.time.Duration;

/// What both phones of a call recorded, at 8 kHz.
public record Recordings(Phone caller, Phone destination) {
    /// What one phone said and what it heard, on one clock: both begin with the same sample.
    // Arrays, because sound is megabytes of primitives; nobody compares recordings by value.
    @SuppressWarnings("ArrayRecordComponent")
    public record Phone(short[] said, short[] heard) {
        /// From two recordings of which the one of what was heard began `later` than the other, or
        /// earlier when that is negative. The one that began last gets silence before it.
        public static Phone started(short[] said, short[] heard, Duration later) {
            int samples = Math.toIntExact(later.toMillis() * 8);
            return new Phone(after(-samples, said), after(samples, heard));
        }

        private static short[] after(int silence, short[] pcm) {
            if (silence <= 0) {
                return pcm;
            }
            short[] padded = new short[silence + pcm.length];
            System.arraycopy(pcm, 0, padded, silence, pcm.length);
            return padded;
        }
    }

    public Phone of(Party party) {
        return switch (party) {
            case CALLER -> caller;
            case DESTINATION -> destination;
        };
    }
}
