package io.sandalphone.harness.contract;

import io.sandalphone.harness.contract.RehearsedListening.Answer;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.SpeechException;

import org.jspecify.annotations.Nullable;

/// Puts together what a direct interpreter tells of each utterance, and sees to it that it begins one,
/// hands over its sound and ends it before anything else.
///
/// Called as the port promises: by one thread at a time.
final class SpokenAnswers implements DirectInterpreter.Listener {
    private final RehearsedListening hearing;
    private volatile @Nullable Answer speaking;

    SpokenAnswers(RehearsedListening hearing) {
        this.hearing = hearing;
    }

    @Override
    public void onReady() {
        hearing.tells(RehearsedListening.READY, () -> {});
    }

    @Override
    public void onUtterance(String said, String translated, long start, long end) {
        hearing.tells(
                "an utterance from %d to %d".formatted(start, end),
                () -> {
                    expect(false, "an utterance");
                    speaking = new Answer(said, start, end, translated, new Sound());
                });
    }

    @Override
    public void onAudio(short[] pcm) {
        hearing.tells(
                "sound",
                () -> {
                    Answer answer = expect(true, "sound");
                    if (answer != null) {
                        answer.sound().accept(pcm);
                    }
                });
    }

    @Override
    public void onUtteranceSpoken() {
        hearing.tells("spoken", () -> end("an end"));
    }

    @Override
    public void onUtteranceBroken() {
        hearing.tells("broken off", () -> end("a break"));
    }

    private void end(String what) {
        Answer answer = expect(true, what);
        speaking = null;
        if (answer != null) {
            hearing.answered(answer);
        }
    }

    @Override
    public void onNothing(long start, long end) {
        hearing.tells(
                "nothing from %d to %d".formatted(start, end),
                () -> {
                    expect(false, "nothing");
                    hearing.answered(Answer.heard("", start, end));
                });
    }

    @Override
    public void onFailure(SpeechException failure) {
        hearing.tells(failure, () -> {});
    }

    private @Nullable Answer expect(boolean within, String what) {
        Answer answer = speaking;
        if (within != (answer != null)) {
            hearing.breach(what + (within ? " of no utterance" : " within an utterance"));
        }
        return answer;
    }
}
