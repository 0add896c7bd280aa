package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A modelled recognizer's session with one speaker, who says a script: a word is heard when the speaker's sound has come to its end,
/// and what is told of it comes some time later, unless the session is closed by then. Runs on the loop.
public abstract class ModelledListening implements Transcription {
    private final Loop loop;
    private final List<Loop.Timer> events = new ArrayList<>();
    private int heard;
    private boolean closed;

    protected ModelledListening(Loop loop) {
        this.loop = loop;
    }

    /// How many words there are to be heard.
    protected abstract int words();

    /// Where a word ends, in samples of the speaker's.
    protected abstract long end(int word);

    /// The next word has been heard to its end.
    protected abstract void heardNext();

    /// How many words have been heard to their end.
    protected final int heard() {
        return heard;
    }

    @Override
    public void hear(AudioFrame frame) {
        while (heard < words() && end(heard) <= frame.end()) {
            heard++;
            heardNext();
        }
    }

    /// What ends up to `position` was said before this session, and is not heard in it.
    protected final void skip(long position) {
        while (heard < words() && end(heard) <= position) {
            heard++;
        }
    }

    /// Lets `event` happen so much later.
    protected final void after(Duration delay, Runnable event) {
        if (!closed) {
            events.add(loop.schedule(delay, event));
        }
    }

    @Override
    public void close() {
        closed = true;
        events.forEach(Loop.Timer::cancel);
        events.clear();
    }
}
