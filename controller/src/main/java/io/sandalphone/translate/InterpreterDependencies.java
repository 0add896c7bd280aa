package io.sandalphone.translate;

import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;
import io.sandalphone.speech.text.protect.Glossary;

import java.util.function.Supplier;

/// What every interpreter works with. Thread-safe: one serves all calls. `voiceDetectors` gives a
/// new detector for each speaker. `announcements` are what people are told before.
public record InterpreterDependencies(
        SpeechEngines engines,
        LaneSettings settings,
        UtteranceSettings utterances,
        Supplier<VoiceDetector> voiceDetectors,
        Glossary glossary,
        InterpretationHealth health,
        LaneMeters meters,
        UtteranceMeters utteranceMeters,
        LevelMeters levelMeters,
        TranscriptFilterMeters filterMeters,
        Announcements announcements) {}
