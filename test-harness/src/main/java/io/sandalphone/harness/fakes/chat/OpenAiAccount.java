package io.sandalphone.harness.fakes.chat;

import java.util.Optional;
import java.util.Set;

/// What a customer has at a server that speaks OpenAI's protocol.
///
/// @param key lets in; without one everybody is let in, as on a machine of one's own
/// @param models there are
/// @param reasoning whether they think first, and so refuse `temperature` and `max_tokens`
public record OpenAiAccount(Optional<String> key, Set<String> models, boolean reasoning) {
    /// With a key and one model.
    public static final OpenAiAccount USUAL =
            new OpenAiAccount(Optional.of("sk-fake-key-of-the-lab"), Set.of("fake-mini"), false);

    /// A server on one's own machine.
    public static final OpenAiAccount OWN_SERVER =
            new OpenAiAccount(Optional.empty(), Set.of("fake-mini"), false);

    public OpenAiAccount {
        models = Set.copyOf(models);
    }
}
