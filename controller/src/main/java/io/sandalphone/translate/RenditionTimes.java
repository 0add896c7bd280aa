package io.sandalphone.translate;

import org.jspecify.annotations.Nullable;

/// When what happened to a rendition, in nanoseconds of the monotonic clock; null as long as it has not. Runs on the call's loop.
final class RenditionTimes {
    @Nullable Long translationAsked;
    @Nullable Long translated;
    @Nullable Long synthesisAsked;
    @Nullable Long firstByte;
}
