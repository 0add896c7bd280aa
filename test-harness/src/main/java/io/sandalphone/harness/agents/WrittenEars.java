package io.sandalphone.harness.agents;

import io.sandalphone.harness.latency.ModelledListening;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.time.Loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A recognizer that hears what it is [told][#says] that it will hear, word for word, when that is said. A word is told some time
/// after its end. The end of a turn it finds by itself, some time after the last word; or, where it finds none, it tells an
/// utterance's words when it is told the utterance's end. Sound in which there are no words is nothing to it.
///
/// Hears one speaker. Runs on the loop.
final class WrittenEars implements Transcriber {
    private final Loop loop;
    private final Draws draws;
    private final boolean ownEnds;
    private final List<Heard> script = new ArrayList<>();
    private int sessions;

    /// A word and where it lies, in samples of the speaker's; `last` of a turn.
    private record Heard(String text, long start, long end, boolean last) {}

    /// With `ownEnds` it finds the ends of turns.
    WrittenEars(Loop loop, Draws draws, boolean ownEnds) {
        this.loop = loop;
        this.draws = draws;
        this.ownEnds = ownEnds;
    }

    /// These words are said from the sample at `position` on.
    void says(SpokenWords spoken, long position) {
        long samples = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
        for (SpokenWords.Word word : spoken.words()) {
            script.add(
                    new Heard(
                            word.text(),
                            position + word.from() * samples,
                            position + word.until() * samples,
                            word.equals(spoken.words().getLast())));
        }
    }

    @Override
    public String name() {
        return "written";
    }

    @Override
    public boolean understands(Language language) {
        return true;
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        loop.execute(listener::onReady);
        sessions++;
        return new Listening(listener);
    }

    /// How many sessions were opened and not closed.
    int sessions() {
        return sessions;
    }

    private final class Listening extends ModelledListening {
        private boolean closed;
        private final TranscriptListener listener;
        private int told;
        private long began;
        private boolean opened;

        Listening(TranscriptListener listener) {
            super(loop);
            this.listener = listener;
        }

        @Override
        protected int words() {
            return script.size();
        }

        @Override
        protected long end(int word) {
            return script.get(word).end();
        }

        @Override
        public void hear(AudioFrame frame) {
            if (!opened) {
                opened = true;
                skip(frame.position());
                told = heard();
            }
            super.hear(frame);
        }

        @Override
        protected void heardNext() {
            int words = heard();
            after(draws.partial(), () -> partial(words));
            if (ownEnds && script.get(words - 1).last()) {
                after(draws.endOfTurn(), () -> ended(words));
            }
        }

        @Override
        public void utteranceStarted(long position) {
            began = position;
        }

        @Override
        public void utteranceEnded(long position) {
            int words = heard();
            boolean worded = script.subList(0, words).stream().anyMatch(word -> word.end() > began);
            if (!worded) {
                long start = began;
                after(
                        draws.told(),
                        () -> listener.onTranscript(new TranscriptEvent.Nothing(start, position)));
            } else if (!ownEnds) {
                after(draws.told(), () -> ended(words));
            }
        }

        @Override
        public void close() {
            super.close();
            if (!closed) {
                closed = true;
                sessions--;
            }
        }

        private void partial(int words) {
            if (words > told) {
                List<Heard> some = script.subList(told, words);
                listener.onTranscript(
                        new TranscriptEvent.Partial(
                                List.of(),
                                "",
                                text(some),
                                some.getFirst().start(),
                                some.getLast().end()));
            }
        }

        private void ended(int words) {
            if (words > told) {
                List<Heard> turn = script.subList(told, words);
                told = words;
                listener.onTranscript(
                        new TranscriptEvent.Final(
                                text(turn),
                                turn.getFirst().start(),
                                turn.getLast().end(),
                                Optional.empty()));
            }
        }

        private static String text(List<Heard> words) {
            return words.stream().map(Heard::text).collect(Collectors.joining(" "));
        }
    }
}
