package io.sandalphone.media;

import org.jspecify.annotations.Nullable;

/// Gives frames one after another, to whoever keeps the time. Called on the loop that owns the
/// sound; never blocks.
@FunctionalInterface
public interface FrameSource {
    /// The next frame, or null when there is nothing to say now.
    @Nullable AudioFrame poll();
}
