package io.sandalphone.speech.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;

import java.util.function.Consumer;

/// What is counted of one engine's workers. The engine declares the meters.
///
/// @param restarts workers started after one that died or hung
/// @param audioDropped frames dropped because the worker's queue was full
/// @param utterancesLost utterances that no worker answered
/// @param realTimeFactor decoding time over the length of the sound, per utterance
/// @param recognition from the end of an utterance to its words
/// @param finals hears every answer, for what else the engine counts
/// @param attempts hears of every decoding of an utterance that went on
/// @param refusals hears of every utterance for which there was no room
public record WorkerCounts(
        Counter restarts,
        Counter audioDropped,
        Counter utterancesLost,
        DistributionSummary realTimeFactor,
        Timer recognition,
        Consumer<WorkerResponse.Final> finals,
        Consumer<WorkerResponse.Attempted> attempts,
        Consumer<WorkerResponse.Dropped> refusals) {}
