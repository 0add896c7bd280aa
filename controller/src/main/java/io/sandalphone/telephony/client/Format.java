package io.sandalphone.telephony.client;

import java.util.Arrays;
import java.util.Optional;

/// How a client wants what is sent to it. `split` keeps the original voice and its translation apart, in
/// the left and the right channel. With `states` it hears what becomes of the call, beside what the
/// protocol always says.
record Format(boolean split, boolean states) {
    /// The layouts there are, by the words of the protocol.
    enum Layout {
        MONO,
        SPLIT;

        static Optional<Layout> of(String word) {
            return Arrays.stream(values())
                    .filter(layout -> layout.name().equalsIgnoreCase(word))
                    .findFirst();
        }
    }
}
