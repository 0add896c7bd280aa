package io.sandalphone.agent;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.speech.input.EchoGuard;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What an agent says to a caller, clause after clause, each in the place that was reserved for it. It can be
/// [held][#hold] at once, go on from where the caller heard it last, or be [cut][#cut], and knows what of it they heard: as the
/// carrier says by its marks, and where it says nothing, as far as it must have been played.
///
/// Runs on the call's loop.
final class AgentVoice implements FrameSource {
    /// Hears how the voice fares. Not called inside a call of the voice, but from [#poll].
    interface Listener {
        /// The first frame after silence was handed over.
        void sounds();

        /// All there is was heard. With `finished` no more will come.
        void silent(boolean finished);
    }

    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;

    /// Behind each clause so much silence.
    private static final int PAUSE_FRAMES = 6;

    /// The carrier is asked so often what it has played: every 100 ms.
    private static final int MARK_EVERY = 5;

    /// Where the carrier says nothing, so many frames are taken to be under way: the cushion, and 100 ms at the carrier.
    private static final int UNDER_WAY = 8;

    private final LegAudio audio;
    private final Loop loop;
    private final EchoGuard echo;
    private final Listener listener;
    private final List<Clause> clauses = new ArrayList<>();
    private final List<short[]> frames = new ArrayList<>();
    // The clause whose sound is being put behind the others.
    private int filling;
    // How many frames were handed over of those there are.
    private int at;
    private boolean complete;
    private boolean held;
    private boolean sounding;
    // What counts of marks, and the last that came back.
    private long spurt;
    private int toldFrames = -1;
    private long toldNanos;
    private int spurtBegan;

    /// A clause's place, and the sound that has come for it.
    final class Clause {
        private final String text;
        private EchoGuard.@Nullable Voiced voiced;
        private final List<short[]> pieces = new ArrayList<>();
        private short[] rest = {};
        private boolean finished;
        private int firstFrame = -1;
        private int endFrame = -1;

        private Clause(String text) {
            this.text = text;
        }

        /// More of its sound: 8 kHz mono PCM.
        void append(short[] pcm) {
            if (!finished) {
                pieces.add(pcm);
                fill();
            }
        }

        /// All of its sound is there.
        void finish() {
            if (!finished) {
                finished = true;
                fill();
            }
        }
    }

    AgentVoice(LegAudio audio, Loop loop, EchoGuard echo, Listener listener) {
        this.audio = audio;
        this.loop = loop;
        this.echo = echo;
        this.listener = listener;
    }

    /// Takes the next place for `text`, whose sound is to come. It must be finished in the end.
    Clause reserve(String text) {
        complete = false;
        var clause = new Clause(text);
        clauses.add(clause);
        return clause;
    }

    /// Nothing comes behind what has a place.
    void complete() {
        complete = true;
        if (over()) {
            loop.execute(this::drained);
        }
    }

    /// How long what is there takes that was not handed over yet, in milliseconds; as if for ever where more is to come.
    long leftMillis() {
        return complete && filling == clauses.size()
                ? (long) (frames.size() - at) * AudioFrame.MILLIS
                : Long.MAX_VALUE;
    }

    /// How much sound there has been for it, in milliseconds.
    long soundMillis() {
        return (long) frames.size() * AudioFrame.MILLIS;
    }

    private boolean over() {
        return complete && filling == clauses.size() && at == frames.size();
    }

    /// Puts what has come behind what is there, clause by clause.
    private void fill() {
        while (filling < clauses.size()) {
            Clause clause = clauses.get(filling);
            if (clause.firstFrame < 0) {
                clause.firstFrame = frames.size();
            }
            clause.pieces.forEach(piece -> cut(clause, piece));
            clause.pieces.clear();
            if (!clause.finished) {
                break;
            }
            if (clause.rest.length > 0) {
                frames.add(Arrays.copyOf(clause.rest, FRAME));
                clause.rest = new short[0];
            }
            clause.endFrame = frames.size();
            if (clause.endFrame > clause.firstFrame) {
                for (int i = 0; i < PAUSE_FRAMES; i++) {
                    frames.add(new short[FRAME]);
                }
            }
            filling++;
        }
        speak();
    }

    private void cut(Clause clause, short[] piece) {
        short[] all = Arrays.copyOf(clause.rest, clause.rest.length + piece.length);
        System.arraycopy(piece, 0, all, clause.rest.length, piece.length);
        int from = 0;
        for (; from + FRAME <= all.length; from += FRAME) {
            frames.add(Arrays.copyOfRange(all, from, from + FRAME));
        }
        clause.rest = Arrays.copyOfRange(all, from, all.length);
    }

    private void speak() {
        if (!held && at < frames.size()) {
            audio.speak(this, this::drained);
        }
    }

    @Override
    public @Nullable AudioFrame poll() {
        if (held || at >= frames.size()) {
            return null;
        }
        short[] pcm = frames.get(at);
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, (long) at * FRAME);
        if (at % MARK_EVERY == 0) {
            mark(at + 1);
        }
        tellEcho(at);
        at++;
        echo.sent(frame, loop.nanoTime());
        if (!sounding) {
            sounding = true;
            spurtBegan = at - 1;
            listener.sounds();
        }
        return frame;
    }

    /// Which words sound from the frame of this number on.
    private void tellEcho(int frame) {
        for (Clause clause : clauses) {
            long now = EchoGuard.millis(loop.nanoTime());
            if (clause.voiced == null && clause.firstFrame == frame) {
                clause.voiced = echo.started(clause.text, now);
            } else if (clause.voiced != null && clause.endFrame == frame) {
                clause.voiced.ended(now);
            }
        }
    }

    private void mark(int upTo) {
        long mine = spurt;
        audio.whenPlayed(
                () -> {
                    if (mine == spurt) {
                        toldFrames = upTo;
                        toldNanos = loop.nanoTime();
                    }
                });
    }

    private void drained() {
        if (held) {
            return;
        }
        if (at < frames.size()) {
            speak();
            return;
        }
        boolean wasSounding = sounding;
        nextSpurt();
        if (over()) {
            listener.silent(true);
        } else if (wasSounding) {
            listener.silent(false);
        }
    }

    private void nextSpurt() {
        sounding = false;
        spurt++;
        toldFrames = -1;
        spurtBegan = at;
    }

    /// How many frames the caller has heard.
    private int heardFrames() {
        if (!sounding) {
            return at;
        }
        int heard =
                toldFrames < 0
                        ? at - UNDER_WAY
                        : toldFrames + (int) ((loop.nanoTime() - toldNanos) / FRAME_NANOS);
        return Math.clamp(heard, Math.min(spurtBegan, at), at);
    }

    /// Nothing is heard any more from now on, but for what the carrier cannot take back.
    void hold() {
        if (!held) {
            at = heardFrames();
            held = true;
            audio.stop();
            nextSpurt();
        }
    }

    /// Goes on behind what was heard.
    void resume() {
        if (held) {
            held = false;
            if (over()) {
                loop.execute(this::drained);
            } else {
                speak();
            }
        }
    }

    /// Gives what of it was heard, as a text, and forgets all of it: nothing more is heard.
    String cut() {
        boolean spoken = sounding;
        int heard = heardFrames();
        if (spoken) {
            audio.stop();
        }
        String said = said(heard);
        clauses.clear();
        frames.clear();
        filling = 0;
        at = 0;
        complete = false;
        held = false;
        nextSpurt();
        return said;
    }

    private String said(int heard) {
        var said = new StringBuilder();
        for (Clause clause : clauses) {
            if (clause.firstFrame < 0 || clause.firstFrame >= heard) {
                break;
            }
            // Of one whose sound has not all come nobody knows how long it is: a frame is about a
            // character.
            int end =
                    clause.endFrame >= 0
                            ? clause.endFrame
                            : Math.max(frames.size(), clause.firstFrame + clause.text.length() * 4);
            said.append(said.isEmpty() ? "" : " ")
                    .append(part(clause.text, heard - clause.firstFrame, end - clause.firstFrame));
        }
        return said.toString().strip();
    }

    /// The words of `text` that were heard when `heard` of `all` frames were.
    private static String part(String text, int heard, int all) {
        if (heard >= all) {
            return text;
        }
        int length = (int) ((long) text.length() * heard / all);
        int space = text.lastIndexOf(' ', length);
        return space <= 0 ? "" : text.substring(0, space);
    }
}
