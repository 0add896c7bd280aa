package io.sandalphone.providers.assemblyai;

import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.json.JsonMessage.UnreadableException;

import java.nio.charset.StandardCharsets;

/// `scripts/fuzz --target assemblyai`: what the recognizer's service sends.
public final class AssemblyAiFuzz {
    private AssemblyAiFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzRun.each(
                input,
                frame -> {
                    try {
                        var _ = ServerMessage.parse(new String(frame, StandardCharsets.UTF_8));
                    } catch (UnreadableException _) {
                        // What the session does with such a message is tested there.
                    }
                });
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
