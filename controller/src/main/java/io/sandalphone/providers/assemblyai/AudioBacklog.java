package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.speech.Transcription;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// What one speaker said and was not sent yet, as mu-law: what is said while the session is opened,
/// what is heard again after a loss, and what the network keeps waiting, for the service takes sound no
/// faster than it was said. What was sent is gone. Knows no clock and no thread.
///
/// When more than a little waits, the silence between utterances is left out; when ten seconds wait,
/// the oldest sound goes. A session begins with no more silence than may be sent at once: what it is late at first it is late
/// until a silence is left out.
final class AudioBacklog {
    /// At most 10 s: what is heard again, and what is said until the service listens.
    static final int MOST_FRAMES = 500;

    /// How much may wait, besides what makes a piece, before silence is left out: 60 ms, as a network brings at once.
    private static final int COMFORTABLE_FRAMES = 3;

    /// How much may be sent at once.
    private static final int BURST_FRAMES =
            Math.toIntExact(SendBudget.BURST.toMillis() / AudioFrame.MILLIS);

    /// How much of a silence is sent in any case, so that words on both sides stay apart: 200 ms.
    private static final int SILENCE_KEPT = 10;

    /// How much of what was never received is made up for by silence; enough to end any turn: 2 s.
    private static final int LONGEST_GAP = 100;

    /// Zero in G.711 mu-law.
    private static final byte SILENCE = (byte) 0xff;

    /// 50 ms, below which the service refuses a piece of audio.
    private static final int SHORTEST_CHUNK = 400;

    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private final int framesPerChunk;
    private final AssemblyAiMeters meters;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private long next = Long.MIN_VALUE;
    private boolean speaking;
    private boolean begun;
    private int silenceSent;
    // No utterance will turn out to have begun before it.
    private long decided = Long.MIN_VALUE;

    /// One frame. Whether it is speech may turn out later.
    private static final class Piece {
        final long position;
        final byte[] muLaw;
        boolean speech;

        Piece(long position, byte[] muLaw, boolean speech) {
            this.position = position;
            this.muLaw = muLaw;
            this.speech = speech;
        }
    }

    AudioBacklog(int framesPerChunk, AssemblyAiMeters meters) {
        this.framesPerChunk = framesPerChunk;
        this.meters = meters;
    }

    /// The speaker's next 20 ms.
    void hear(AudioFrame frame) {
        if (next != Long.MIN_VALUE) {
            fillGap(frame.position());
        }
        var muLaw = new byte[FRAME];
        G711.MU_LAW.encode(frame.pcm(), ByteBuffer.wrap(muLaw), 0);
        add(new Piece(frame.position(), muLaw, speaking));
    }

    private void fillGap(long until) {
        for (int i = 0; i < LONGEST_GAP && next + FRAME <= until; i++) {
            var silence = new byte[FRAME];
            Arrays.fill(silence, SILENCE);
            add(new Piece(next, silence, speaking));
        }
    }

    private void add(Piece piece) {
        next = piece.position + FRAME;
        waiting.addLast(piece);
        if (waiting.size() > MOST_FRAMES) {
            waiting.remove();
            meters.audioDropped().increment();
        }
    }

    /// Speech began at `position`, which lies a little back.
    void speechFrom(long position) {
        speaking = true;
        waiting.forEach(piece -> piece.speech |= piece.position >= position);
    }

    /// Speech ended at `position`, which lies a little back. The next one begins with what is heard next, at the earliest.
    void speechUntil(long position) {
        speaking = false;
        decided = next;
        waiting.forEach(piece -> piece.speech &= piece.position < position);
    }

    /// The next piece of audio for the service, entered into `clock`; null when not enough waits.
    byte @Nullable [] poll(SessionClock clock) {
        beginLate();
        leaveOutSilence();
        if (waiting.size() < framesPerChunk) {
            return null;
        }
        begun = true;
        var chunk = new byte[framesPerChunk * FRAME];
        for (int i = 0; i < framesPerChunk; i++) {
            take(chunk, i * FRAME, clock);
        }
        return chunk;
    }

    /// What waits that is too short for a piece of its own, filled up with silence to the least the
    /// service takes; null when nothing waits. Not entered into any clock: it is the last.
    byte @Nullable [] tail() {
        if (waiting.isEmpty() || waiting.size() >= framesPerChunk) {
            return null;
        }
        var tail = new byte[Math.max(SHORTEST_CHUNK, waiting.size() * FRAME)];
        Arrays.fill(tail, SILENCE);
        int offset = 0;
        for (Piece piece : waiting) {
            System.arraycopy(piece.muLaw, 0, tail, offset, FRAME);
            offset += FRAME;
        }
        return tail;
    }

    /// Whether everything before `position` was sent.
    boolean sentUntil(long position) {
        Piece first = waiting.peek();
        return first == null || first.position >= position;
    }

    /// Whether so much waits that the service hears late.
    private boolean behind() {
        return waiting.size() > COMFORTABLE_FRAMES + framesPerChunk;
    }

    /// Leaves out the silence before the first sound that is sent, but for what may be sent at once.
    private void beginLate() {
        int left = 0;
        while (!begun && waiting.size() > BURST_FRAMES && !waiting.getFirst().speech) {
            waiting.remove();
            left++;
        }
        meters.silenceSkipped().increment(left);
    }

    private void leaveOutSilence() {
        if (!behind()) {
            return;
        }
        // The newest frames may turn out to be the beginning of an utterance.
        int old = waiting.size() - Transcription.PRE_ROLL_FRAMES;
        int run = silenceSent;
        int left = 0;
        int i = 0;
        for (var pieces = waiting.iterator(); pieces.hasNext(); i++) {
            Piece piece = pieces.next();
            if (i >= old && piece.position >= decided) {
                break;
            }
            run = piece.speech ? 0 : run + 1;
            if (run > SILENCE_KEPT) {
                pieces.remove();
                left++;
            }
        }
        meters.silenceSkipped().increment(left);
    }

    private void take(byte[] chunk, int offset, SessionClock clock) {
        Piece piece = waiting.remove();
        silenceSent = piece.speech ? 0 : silenceSent + 1;
        System.arraycopy(piece.muLaw, 0, chunk, offset, FRAME);
        clock.sent(piece.position, FRAME);
    }
}
