package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.speech.Transcription;

/// Finds the utterances in one speaker's frames from what a voice detector says of each. Counts
/// frames and positions; knows no clock and no thread.
///
/// A gap in the positions is silence: between utterances it forgets what was heard before, within
/// one it may end it.
///
/// What may be the beginning of a sound that nobody speaks begins no utterance before that is clear, or
/// [#LONGEST_DOUBT] frames have passed; it then begins where it would have. An utterance of which much is
/// such a sound is refused.
public final class UtteranceDetector {
    /// For how many frames an utterance may be put off: 240 ms.
    static final int LONGEST_DOUBT = 12;

    /// From this share of doubtful frames on an utterance of a second or more is none, and any in which
    /// music is found. A single syllable may be a hiss for the most part: an utterance that is shorter
    /// must be doubtful almost wholly.
    private static final double FOREIGN_SHARE = 0.4;

    private static final double FOREIGN_SHARE_SHORT = 0.8;
    private static final int SHORT_FRAMES = 50;

    /// Somewhere speech goes on for so many frames, 120 ms. Where it does not, and of an utterance a tone or
    /// data is at least half as much as speech, it is what the ends of tones sound like.
    private static final int STEADY_SPEECH = 6;

    /// Who was heard so many frames before, 2 s, is heard again all the same.
    private static final int SPEAKER_FRAMES = 100;

    /// So much of what follows the last word it takes to understand it: 80 ms.
    private static final int TAIL = 640;

    private final int onset;
    private final long onsetWindow;
    private final int preRoll;
    private final int hangover;
    private final int breath;
    private final int comfortable;
    private final int longest;
    private final UtteranceMeters meters;
    private final UtteranceListener listener;

    /// How many frames have been heard in a row since the last utterance, at most `preRoll`.
    private int recent;

    /// The verdicts on the last frames, newest in the lowest bit.
    private long voiced;

    /// How many frames ago the onset was found in what is doubtful; 0 when none is put off.
    private int doubt;

    private int sinceForeign;

    /// How many frames in a row have been speech beyond doubt, and the most of the present utterance.
    private int run;

    private int longestRun;

    /// How many frames ago an utterance ended that was not refused.
    private int sinceHeard = SPEAKER_FRAMES;

    /// Whether the present utterance began soon after another.
    private boolean besideSpeech;

    private boolean speaking;
    private int length;
    private int voicedFrames;
    private int doubtfulFrames;
    private int signalFrames;
    private int silence;
    private long speechEnd;

    /// Up to where what was said sounds complete, and how many frames of silence then end it.
    private long completeUpTo;

    private int completePause;

    private long next;

    public UtteranceDetector(
            UtteranceSettings settings, UtteranceMeters meters, UtteranceListener listener) {
        onset = UtteranceSettings.frames(settings.onset());
        onsetWindow = -1L >>> (Long.SIZE - UtteranceSettings.frames(settings.onsetWindow()));
        preRoll = UtteranceSettings.frames(settings.preRoll());
        hangover = UtteranceSettings.frames(settings.hangover());
        breath = UtteranceSettings.frames(settings.breath());
        comfortable = UtteranceSettings.frames(settings.comfortable());
        longest = UtteranceSettings.frames(settings.longest());
        this.meters = meters;
        this.listener = listener;
    }

    /// The speaker's next frame, and whether it holds speech. Positions never go back. The listener has
    /// what is found out by this frame before the method returns.
    public void accept(AudioFrame frame, boolean speech) {
        accept(frame, speech ? Sound.SPEECH : Sound.SILENCE);
    }

    /// The speaker's next frame, and what it holds. Positions never go back. The listener has
    /// what is found out by this frame before the method returns.
    public void accept(AudioFrame frame, Sound sound) {
        while (speaking && next + frame.pcm().length <= frame.position()) {
            continueUtterance(next + frame.pcm().length, Sound.SILENCE);
        }
        if (!speaking && next + frame.pcm().length <= frame.position()) {
            forget();
        }
        if (speaking && length >= longest) {
            meters.capped().increment();
            end();
        }
        sinceHeard = Math.min(sinceHeard + 1, SPEAKER_FRAMES);
        run = sound == Sound.SPEECH ? run + 1 : 0;
        longestRun = Math.max(longestRun, run);
        if (speaking) {
            continueUtterance(frame.end(), sound);
        } else {
            listenForOnset(frame, sound);
        }
    }

    /// What was said up to `position` sounds complete: if that holds all the speech of the utterance that goes on, and
    /// what its last word needs behind it, a silence of `pauseMillis` ends it. Whoever speaks on takes it back. The
    /// listener has the end that is found out by this before the method returns.
    public void soundsComplete(long position, int pauseMillis) {
        if (speaking && position > completeUpTo) {
            completeUpTo = position;
            completePause = pauseMillis / AudioFrame.MILLIS;
            endInSilence();
        }
    }

    /// No more frames will come: ends the utterance that is going on, if any.
    public void finish() {
        if (speaking) {
            end();
        }
        forget();
    }

    private void listenForOnset(AudioFrame frame, Sound sound) {
        next = frame.end();
        sinceForeign = sound.foreign() ? 0 : sinceForeign + 1;
        recent = Math.min(recent + 1, mostRecent());
        long before = voiced;
        voiced = (voiced << 1 | (sound.voiced() ? 1 : 0)) & onsetWindow;
        boolean begun = doubt > 0 || Long.bitCount(voiced) >= onset;
        if (begun && sound.foreign()) {
            forget();
        } else if (begun && sound == Sound.DOUBTFUL && doubt < LONGEST_DOUBT) {
            doubt++;
        } else if (begun) {
            start(frame.pcm().length);
        } else if (voiced == 0 && before != 0) {
            meters.clicks().increment();
        }
    }

    /// Frames before the onset that may belong to the utterance. Beside a sound that nobody speaks it
    /// takes longer to tell that somebody does.
    private int mostRecent() {
        return doubt > 0 || sinceForeign < preRoll ? Transcription.PRE_ROLL_FRAMES : preRoll;
    }

    private void start(int frameLength) {
        speaking = true;
        doubtfulFrames = doubt;
        voicedFrames = Long.bitCount(voiced) + doubt;
        signalFrames = 0;
        besideSpeech = sinceHeard < SPEAKER_FRAMES;
        doubt = 0;
        length = recent;
        silence = 0;
        speechEnd = next;
        completeUpTo = 0;
        meters.started().increment();
        listener.started(next - (long) recent * frameLength);
        recent = 0;
        voiced = 0;
    }

    private void continueUtterance(long end, Sound sound) {
        next = end;
        length++;
        if (sound.voiced()) {
            voicedFrames++;
            doubtfulFrames += sound == Sound.DOUBTFUL ? 1 : 0;
            if (silence > 0) {
                silence = 0;
                listener.silent(next, silence);
            }
            speechEnd = next;
        } else {
            silence++;
            listener.silent(speechEnd, silence);
            signalFrames += sound == Sound.SIGNAL ? 1 : 0;
        }
        if (sound == Sound.MUSIC && doubtful(FOREIGN_SHARE)) {
            refuse();
            return;
        }
        endInSilence();
    }

    private void endInSilence() {
        if (silence >= (length > comfortable ? breath : hangover)) {
            end();
        } else if (silence >= completePause && completeUpTo >= speechEnd + TAIL) {
            meters.prompt().increment();
            end();
        }
    }

    private void end() {
        if (endsOfTones()
                || doubtful(voicedFrames < SHORT_FRAMES ? FOREIGN_SHARE_SHORT : FOREIGN_SHARE)) {
            refuse();
        } else {
            speaking = false;
            longestRun = 0;
            sinceHeard = 0;
            listener.ended(speechEnd);
        }
    }

    private void refuse() {
        speaking = false;
        longestRun = 0;
        meters.refused().increment();
        listener.refused(speechEnd);
    }

    private boolean endsOfTones() {
        return !besideSpeech && 2 * signalFrames >= voicedFrames && longestRun < STEADY_SPEECH;
    }

    private boolean doubtful(double share) {
        return doubtfulFrames >= share * voicedFrames;
    }

    private void forget() {
        if (voiced != 0) {
            meters.clicks().increment();
        }
        recent = 0;
        voiced = 0;
        doubt = 0;
        longestRun = 0;
    }
}
