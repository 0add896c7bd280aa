package io.sandalphone.harness.fakes.audio;

import java.util.Optional;
import java.util.Set;

/// Which of the servers with OpenAI's endpoints for sound a fake is.
///
/// @param key lets in; without one everybody is let in
/// @param models there are; none where the field is ignored
/// @param transcriptions where sound is sent to be understood
/// @param speaks whether there is `/v1/audio/speech` too
/// @param errors how a refusal is told
/// @param ownRates whether sound is had at a rate that is asked for
/// @param invents whether silence is understood as what people say at the end of films
/// @param streams whether what is understood may be had as events
public record AudioServer(
        Optional<String> key,
        Set<String> models,
        String transcriptions,
        boolean speaks,
        Errors errors,
        boolean ownRates,
        boolean invents,
        boolean streams) {
    /// OpenAI's own service.
    public static final AudioServer OPENAI =
            new AudioServer(
                    Optional.of("sk-fake-key-of-the-lab"),
                    Set.of("whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-tts"),
                    "/v1/audio/transcriptions",
                    true,
                    Errors.OBJECT,
                    false,
                    false,
                    true);

    /// whisper.cpp's server as it comes: another path, no models, no key, and words for silence.
    public static final AudioServer WHISPER_SERVER =
            new AudioServer(
                    Optional.empty(),
                    Set.of(),
                    "/inference",
                    false,
                    Errors.TEXT,
                    false,
                    true,
                    false);

    /// speaches: FastAPI's errors, sound at the rate that is asked for.
    public static final AudioServer SPEACHES =
            new AudioServer(
                    Optional.empty(),
                    Set.of("Systran/faster-whisper-small", "speaches-ai/Kokoro-82M-v1.0-ONNX"),
                    "/v1/audio/transcriptions",
                    true,
                    Errors.DETAIL,
                    true,
                    false,
                    true);

    /// How a refusal is told.
    public enum Errors {
        /// `{"error": {"message": …}}`
        OBJECT,
        /// `{"error": "…"}`
        TEXT,
        /// `{"detail": "…"}`
        DETAIL
    }

    public AudioServer {
        models = Set.copyOf(models);
    }
}
