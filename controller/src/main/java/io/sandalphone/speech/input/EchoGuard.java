package io.sandalphone.speech.input;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.echo.EchoDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.admission.EchoText;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// Knows what was voiced to a listener, and finds it again in what that listener's telephone sends: the
/// echo of a handset, a loudspeaker or a line, which must not be translated back.
///
/// The sound decides. Where nothing of ours is in it, all words are the listener's own, however much
/// they are like ours. Where there is nothing but ours, nobody spoke. Where there is both, the words
/// confirm what is ours, and in doubt are the listener's own.
///
/// Times are milliseconds of the monotonic clock. Keeps the last [#PHRASES] phrases. Reads no clock; runs
/// on the call's loop.
public final class EchoGuard {
    /// How many phrases back a recognizer may be behind.
    private static final int PHRASES = 8;

    /// One phrase that sounds, or has sounded.
    public static final class Voiced {
        private final String text;
        private final long start;
        private long end = Long.MAX_VALUE;

        private Voiced(String text, long start) {
            this.text = text;
            this.start = start;
        }

        /// The last of it was sent.
        public void ended(long at) {
            end = at;
        }
    }

    private final Deque<Voiced> voiced = new ArrayDeque<>();
    private final EchoDetector sound = new EchoDetector();

    /// The time at `nanos` of the monotonic clock.
    public static long millis(long nanos) {
        return Math.floorDiv(nanos, 1_000_000L);
    }

    /// `text` begins to sound to the listener. It counts as sounding until it has
    /// [ended][Voiced#ended].
    public Voiced started(String text, long at) {
        var phrase = new Voiced(text, at);
        voiced.addLast(phrase);
        if (voiced.size() > PHRASES) {
            voiced.removeFirst();
        }
        return phrase;
    }

    /// `frame` was sent to the listener at `nanos`.
    public void sent(AudioFrame frame, long nanos) {
        sound.sent(frame, nanos);
    }

    /// `frame` came from the listener at `nanos`; `speech` says whether somebody seems to speak in it.
    void heard(AudioFrame frame, boolean speech, long nanos) {
        sound.heard(frame, speech, nanos);
    }

    /// Whether the listener's telephone is known to send back what it is sent.
    public boolean echoes() {
        return sound.echoes();
    }

    /// Whether anything of ours is in what was heard from position `start` to `end`.
    public boolean in(long start, long end) {
        return sound.verdict(start, end) != EchoDetector.Verdict.NONE;
    }

    /// What of `text`, in `language`, the listener said themselves: all of it as it is, a part, or
    /// nothing (empty). It was recognised in what was heard from position `start` to `end`; `clock` says
    /// when that was.
    public String own(String text, Language language, long start, long end, SpeakerClock clock) {
        return switch (sound.verdict(start, end)) {
            case NONE -> text;
            case ALONE -> "";
            case PARTLY -> {
                String own =
                        own(text, language, millis(clock.nanos(start)), millis(clock.nanos(end)));
                // Who repeats it all just behind the echo has the end of it in their utterance.
                yield own.isEmpty() && !sound.lasting(start, end) ? text : own;
            }
        };
    }

    private String own(String text, Language language, long start, long end) {
        List<String> sounding = soundingFrom(start, end);
        return Stream.concat(Stream.of(String.join(" ", sounding)), sounding.stream())
                .distinct()
                .map(sent -> EchoText.own(text, sent, language))
                .filter(own -> !own.equals(text))
                .findFirst()
                .orElse(text);
    }

    private List<String> soundingFrom(long start, long end) {
        return voiced.stream()
                .filter(
                        phrase ->
                                start <= after(phrase.end, EchoDetector.LONGEST_DELAY_MILLIS)
                                        && end >= phrase.start)
                .map(phrase -> phrase.text)
                .toList();
    }

    private static long after(long time, long by) {
        return time == Long.MAX_VALUE ? time : time + by;
    }
}
