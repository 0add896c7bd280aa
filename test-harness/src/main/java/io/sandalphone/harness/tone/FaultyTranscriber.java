package io.sandalphone.harness.tone;

import io.sandalphone.harness.tone.ToneFaults.Fault;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

/// A transcriber that loses a transcription where [ToneFaults] say so.
record FaultyTranscriber(Transcriber transcriber, ToneFaults faults) implements Transcriber {
    @Override
    public String name() {
        return transcriber.name();
    }

    @Override
    public boolean understands(Language language) {
        return transcriber.understands(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        var mortal = new Mortal(listener, faults);
        return mortal.listenWith(transcriber.open(request, mortal));
    }

    @Override
    public void close() {
        transcriber.close();
    }

    /// Passes answers on until one of them is deadly.
    private static final class Mortal implements TranscriptListener {
        private final TranscriptListener listener;
        private final ToneFaults faults;
        private volatile boolean dead;

        Mortal(TranscriptListener listener, ToneFaults faults) {
            this.listener = listener;
            this.faults = faults;
        }

        @Override
        public void onReady() {
            listener.onReady();
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            if (dead) {
                return;
            }
            String text =
                    switch (event) {
                        case TranscriptEvent.Partial partial -> partial.settled();
                        case TranscriptEvent.Final(String words, long _, long _, _, _) -> words;
                        case TranscriptEvent.Nothing _ -> "";
                    };
            if (faults.activeFor(text).contains(Fault.TRANSCRIBER_DIES)) {
                dead = true;
                listener.onFailure(
                        new SpeechException(
                                Kind.PROVIDER_FAULT, "the transcriber was told to die"));
            } else {
                listener.onTranscript(event);
            }
        }

        @Override
        public void onFailure(SpeechException failure) {
            dead = true;
            listener.onFailure(failure);
        }

        Transcription listenWith(Transcription transcription) {
            return new Transcription() {
                @Override
                public void hear(AudioFrame frame) {
                    if (!dead) {
                        transcription.hear(frame);
                    }
                }

                @Override
                public void utteranceStarted(long position) {
                    if (!dead) {
                        transcription.utteranceStarted(position);
                    }
                }

                @Override
                public void utteranceEnded(long position) {
                    if (!dead) {
                        transcription.utteranceEnded(position);
                    }
                }

                @Override
                public void close() {
                    transcription.close();
                }
            };
        }
    }
}
