package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.pairs.Kind;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.models.ModelStore;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A conversation over a real telephone, with the embedded engines at both ends.
final class TelephoneConversation {
    /// The machine may be slow; how soon things happen is for benchmarks.
    private static final Duration ALLOWANCE = Duration.ofSeconds(40);

    private TelephoneConversation() {}

    static void comesToPass(Kind kind, Optional<AsteriskHost> host, String name) throws Exception {
        requireModel();
        Conversation conversation = Objects.requireNonNull(Conversations.all().get(name));
        try (var ear = new CallerEar();
                ConversationLab lab =
                        ConversationLab.open(
                                kind,
                                host,
                                ConversationLab.Answering.of(conversation),
                                ControllerProgram.QUICK,
                                new CallerVoice(),
                                ear)) {
            HeldCall held = lab.hold(conversation, ALLOWANCE);
            assertTrue(held.verdict().holds(), () -> held.verdict() + "\n" + held.turns());
            assertEquals("agent-hung-up", held.reason());
        }
    }

    private static void requireModel() throws InterruptedException {
        try {
            new ModelStore(
                            Manifest.bundled(),
                            ModelFolder.standard(System.getenv()),
                            System.getenv())
                    .get(Manifest.bundled().model("whisper-base"), false, System.err::println);
        } catch (ModelException unreachable) {
            assumeTrue(false, "no model: " + unreachable.getMessage());
        }
    }
}
