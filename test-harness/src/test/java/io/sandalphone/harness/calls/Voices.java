package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;

/// Whether two people hear each other, from the moment this was made, by what their phones got.
final class Voices {
    private static final Duration LATEST = Duration.ofMillis(300);
    private static final double TOLERANCE = 1.5;
    private static final double FULL = ToneSpeech.USUAL.level();

    private final PhoneCall caller;
    private final PhoneCall destination;
    private final Heartbeat heartbeat;
    private final long since = System.nanoTime();

    Voices(PhoneCall caller, PhoneCall destination, Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
        this.caller = caller;
        this.destination = destination;
    }

    /// Each says a word, which the other hears at full level.
    void assertBothHeard(ToneWord fromCaller, ToneWord fromDestination) {
        var speech = ToneSpeech.USUAL.withWord(Duration.ofMillis(600));
        caller.media().say(speech.render(fromCaller));
        destination.media().say(speech.render(fromDestination));
        awaitHeard(destination, fromCaller);
        awaitHeard(caller, fromDestination);
    }

    private void awaitHeard(PhoneCall listener, ToneWord word) {
        Poll.until(
                CallLab.SOON,
                () -> Math.abs(heard(listener).loudest(word) - FULL) < TOLERANCE,
                () -> word + " is heard in full; there was " + heard(listener).heard());
    }

    private ToneDetector heard(PhoneCall listener) {
        return ToneDetector.listen(
                listener.media()
                        .received()
                        .heardByArrival()
                        .between(since, System.nanoTime())
                        .pcm());
    }

    /// The caller says `word` without end as soon as `translation` is heard at the destination; waits
    /// until it has sunk there.
    void awaitDucked(ToneWord translation, ToneWord word) {
        Poll.until(
                CallLab.SOON,
                () -> levelAtDestination(translation) > ToneDetector.AUDIBLE,
                () -> translation + " is heard");
        caller.media().repeat(ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(word));
        awaitLevel(word, FULL - 12);
    }

    /// Waits until what the caller says without end is back at its full level, and returns it.
    double awaitFull(ToneWord word) {
        return awaitLevel(word, FULL);
    }

    private double awaitLevel(ToneWord word, double level) {
        Poll.until(
                CallLab.SOON,
                () -> Math.abs(levelAtDestination(word) - level) < TOLERANCE,
                () -> word + " is at " + level + ", not at " + levelAtDestination(word));
        return levelAtDestination(word);
    }

    /// How loud the word was at the destination just now, in dBov.
    double levelAtDestination(ToneWord word) {
        SoundTimeline sound = destination.media().received().heardByArrival();
        long end = sound.nanosAt(sound.pcm().length / 8);
        return ToneDetector.listen(sound.between(end - LATEST.toNanos(), end).pcm()).loudest(word);
    }

    /// Neither has been without the other for longer than anybody notices, but for the time in which
    /// this machine stood still.
    void assertUnbroken(String when) {
        SoundGap atCaller = longestGap(caller);
        SoundGap atDestination = longestGap(destination);
        System.out.printf(
                "largest gap %s: caller %s, destination %s%n", when, atCaller, atDestination);
        assertTrue(atCaller.unnoticed(), "the caller heard nothing: " + atCaller);
        assertTrue(atDestination.unnoticed(), "the destination heard nothing: " + atDestination);
    }

    private SoundGap longestGap(PhoneCall listener) {
        return SoundGap.ofPackets(listener, since, System.nanoTime(), heartbeat);
    }
}
