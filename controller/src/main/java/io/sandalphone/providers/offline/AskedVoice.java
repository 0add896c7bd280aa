package io.sandalphone.providers.offline;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A voice as it is asked for by its name: one of a kind (`pico`), or a variant of it (`espeak-ng+f3`).
record AskedVoice(VoiceKind kind, Optional<String> variant) {
    private static final char PLUS = '+';

    /// Every one of `kinds` by its name.
    static Stream<AskedVoice> all(Stream<VoiceKind> kinds) {
        return kinds.flatMap(
                kind ->
                        Stream.concat(
                                Stream.of(new AskedVoice(kind, Optional.empty())),
                                kind.variants().stream()
                                        .map(name -> new AskedVoice(kind, Optional.of(name)))));
    }

    /// The one that is called so, if there is one.
    static Optional<AskedVoice> of(String name) {
        return all(Arrays.stream(VoiceKind.values()))
                .filter(voice -> voice.toString().equals(name))
                .findFirst();
    }

    /// The names of `kinds`, for messages to people.
    static String names(Stream<VoiceKind> kinds) {
        return all(kinds).map(AskedVoice::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return variant.map(name -> kind.toString() + PLUS + name).orElse(kind.toString());
    }
}
