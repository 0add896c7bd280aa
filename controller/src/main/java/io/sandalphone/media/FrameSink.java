package io.sandalphone.media;

/// Takes frames one after another. Called on the loop that owns the sound; never blocks.
@FunctionalInterface
public interface FrameSink {
    void accept(AudioFrame frame);
}
