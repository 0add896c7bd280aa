package io.sandalphone.harness.tone;

import io.sandalphone.harness.tone.ToneFaults.Fault;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

/// A direct interpreter that loses a speaker, or is silent, where [ToneFaults] say so.
record FaultyDirectInterpreter(DirectInterpreter interpreter, ToneFaults faults)
        implements DirectInterpreter {
    @Override
    public String name() {
        return interpreter.name();
    }

    @Override
    public boolean interprets(Language from, Language to) {
        return interpreter.interprets(from, to);
    }

    @Override
    public Transcription open(TranscriptionRequest request, Listener listener) {
        return interpreter.open(request, new Mortal(listener, faults));
    }

    @Override
    public void close() {
        interpreter.close();
    }

    /// Passes answers on until one of them is deadly.
    private static final class Mortal implements Listener {
        private final Listener listener;
        private final ToneFaults faults;
        private boolean dead;
        private boolean breaking;

        Mortal(Listener listener, ToneFaults faults) {
            this.listener = listener;
            this.faults = faults;
        }

        @Override
        public void onReady() {
            listener.onReady();
        }

        @Override
        public void onUtterance(String said, String translated, long start, long end) {
            if (dead) {
                return;
            }
            var active = faults.activeFor(said);
            if (active.contains(Fault.INTERPRETER_DIES)) {
                die();
                return;
            }
            if (active.contains(Fault.INTERPRETER_HANGS)) {
                // Whatever it hears, and however long it is waited for.
                dead = true;
                return;
            }
            breaking = active.contains(Fault.INTERPRETER_BREAKS_OFF);
            listener.onUtterance(said, translated, start, end);
        }

        @Override
        public void onAudio(short[] pcm) {
            if (!dead) {
                listener.onAudio(pcm);
                if (breaking) {
                    die();
                }
            }
        }

        private void die() {
            dead = true;
            listener.onFailure(
                    new SpeechException(Kind.PROVIDER_FAULT, "the interpreter was told to die"));
        }

        @Override
        public void onUtteranceSpoken() {
            if (!dead) {
                listener.onUtteranceSpoken();
            }
        }

        @Override
        public void onUtteranceBroken() {
            if (!dead) {
                listener.onUtteranceBroken();
            }
        }

        @Override
        public void onNothing(long start, long end) {
            if (!dead) {
                listener.onNothing(start, end);
            }
        }

        @Override
        public void onFailure(SpeechException failure) {
            dead = true;
            listener.onFailure(failure);
        }
    }
}
