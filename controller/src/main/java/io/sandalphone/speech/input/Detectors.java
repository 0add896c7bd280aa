package io.sandalphone.speech.input;

import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.segment.PromptEnds;
import io.sandalphone.speech.segment.UtteranceDetector;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What finds a speaker's utterances: a new voice detector for each speaker, and where utterances begin and end. `levels` are counted on the way.
/// `promptEnds` is what ends them sooner where their words sound complete, if anything is to.
public record Detectors(
        Supplier<VoiceDetector> voice,
        UtteranceSettings utterances,
        UtteranceMeters meters,
        LevelMeters levels,
        Function<UtteranceDetector, Optional<PromptEnds>> promptEnds) {}
