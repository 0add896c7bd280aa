package io.sandalphone.providers.backend;

import io.sandalphone.fuzz.FuzzRun;
import io.sandalphone.speech.SpeechException;

import java.nio.charset.StandardCharsets;

/// `scripts/fuzz --target backend`: what an operator's backend replies.
public final class BackendFuzz {
    private BackendFuzz() {}

    public static void fuzzerInitialize() {
        FuzzRun.begin();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzRun.each(
                input,
                frame -> {
                    try {
                        var _ = BackendReply.parse(new String(frame, StandardCharsets.UTF_8));
                    } catch (SpeechException unusable) {
                        // The caller is told so.
                    }
                });
    }

    public static void fuzzerTearDown() {
        FuzzRun.tell();
    }
}
