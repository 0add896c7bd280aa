package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

class PhoneMediaTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    private SipPhone first;
    private SipPhone second;
    private PhoneMedia speaker;
    private PhoneMedia listener;

    @BeforeEach
    void join_two_phones() throws Exception {
        first = SipPhone.open(loopback());
        second = SipPhone.open(loopback());
        PhoneCall call = first.call("1", second.uri("2"));
        call.awaitAnswered(SOON);
        speaker = call.media();
        listener = second.awaitIncoming("2", SOON).media();
    }

    @AfterEach
    void unplug() {
        first.close();
        second.close();
    }

    @Test
    void each_phone_hears_the_words_of_the_other_when_they_were_said() {
        long said = speaker.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
        long replied = listener.say(ToneSpeech.USUAL.render(ToneWord.V5));
        awaitUntil(() -> words(listener).size() == 2 && words(speaker).size() == 1);
        assertEquals(List.of(ToneWord.W1, ToneWord.W2), words(listener));
        assertEquals(List.of(ToneWord.V5), words(speaker));
        assertHeardAt(said, listener.received().heardByArrival());
        assertHeardAt(said, listener.received().heardByTimestamp());
        assertHeardAt(replied, speaker.received().heardByArrival());
    }

    @Test
    void what_is_said_is_said_after_what_was_said_before() {
        long one = speaker.say(new short[1600]);
        assertEquals(one + 200_000_000, speaker.say(new short[160]));
    }

    @Test
    void a_repeated_voice_goes_on_without_a_seam_until_it_is_hushed() {
        // A whole number of periods, so that its end fits its begin.
        short[] second = new short[1600];
        for (int i = 0; i < second.length; i++) {
            second[i] = (short) (2000 * Math.sin(2 * Math.PI * 650 * i / 8000));
        }
        speaker.repeat(second);
        awaitUntil(() -> heard(listener, ToneWord.W1) > 500);
        speaker.hush();
        int packets = listener.received().sound().size();
        awaitUntil(() -> listener.received().sound().size() > packets + 10);
        assertEquals(
                List.of(ToneWord.W1),
                ToneDetector.listen(listener.received().heardByTimestamp().pcm()).words());
    }

    @Test
    void a_phone_that_stops_sending_is_silent_on_the_wire_and_comes_back_marked() {
        awaitUntil(() -> listener.received().sound().size() > 5);
        speaker.stopSending();
        awaitUntil(() -> sinceLastPacket(listener) > 100);
        long sent = speaker.sent();
        speaker.resumeSending();
        awaitUntil(() -> speaker.sent() > sent + 5);
        awaitUntil(
                () ->
                        listener.received().sound().stream().filter(ReceivedPacket::marker).count()
                                > 1);
        List<ReceivedPacket> sound = listener.received().sound();
        ReceivedPacket back =
                sound.stream()
                        .filter(ReceivedPacket::marker)
                        .reduce((_, last) -> last)
                        .orElseThrow();
        ReceivedPacket before = sound.get(sound.indexOf(back) - 1);
        assertEquals((before.sequence() + 1) & 0xFFFF, back.sequence());
        assertTrue(back.timestamp() - before.timestamp() >= 800, "the clock went on");
    }

    @Test
    void a_phone_becomes_another_source_in_mid_call() {
        awaitUntil(() -> listener.received().sound().size() > 5);
        speaker.changeSource(0xCAFE, 65_534);
        speaker.say(ToneSpeech.USUAL.render(ToneWord.W4));
        awaitUntil(() -> words(listener).contains(ToneWord.W4));
        List<Integer> sequence =
                listener.received().sound().stream()
                        .filter(packet -> packet.ssrc() == 0xCAFE)
                        .map(ReceivedPacket::sequence)
                        .toList();
        assertEquals(List.of(65_534, 65_535, 0, 1), sequence.subList(0, 4));
        assertEquals(
                List.of(ToneWord.W4),
                ToneDetector.listen(listener.received().heardByTimestamp().pcm()).words());
    }

    @Test
    void a_phone_moves_to_another_port_and_still_hears() throws IOException {
        InetSocketAddress before = speaker.local();
        speaker.changePort();
        speaker.say(ToneSpeech.USUAL.render(ToneWord.W4));
        listener.say(ToneSpeech.USUAL.render(ToneWord.V4));
        awaitUntil(() -> !words(listener).isEmpty() && !words(speaker).isEmpty());
        assertEquals(before, speaker.local(), "the far end was told this one");
    }

    @Test
    void a_stall_holds_packets_back_and_then_lets_them_all_go() {
        awaitUntil(() -> listener.received().sound().size() > 5);
        long from = System.nanoTime();
        speaker.stall(Duration.ofMillis(200));
        speaker.say(ToneSpeech.USUAL.render(ToneWord.W6, ToneWord.W7));
        awaitUntil(() -> words(listener).size() == 2);
        long gap = listener.received().largestGap(from, System.nanoTime()).toMillis();
        assertTrue(gap >= 170 && gap < 300, "a gap of " + gap + " ms");
        assertEquals(List.of(ToneWord.W6, ToneWord.W7), words(listener));
    }

    @Test
    void packets_leave_every_twenty_milliseconds_by_the_clock() {
        awaitUntil(() -> listener.received().sound().size() >= 50);
        List<ReceivedPacket> sound = listener.received().sound();
        // A busy machine delays single packets; the least delayed ones show that none of it adds
        // up.
        double drift = leastLateness(sound, 25, 50) - leastLateness(sound, 0, 25);
        assertEquals(0, drift, 3, "milliseconds of drift in half a second");
    }

    @Test
    void keys_arrive_once_each_and_in_order() {
        for (char key : "159#*0".toCharArray()) {
            speaker.press(key, Duration.ofMillis(60));
        }
        awaitUntil(() -> listener.pressed().length() == 6);
        assertEquals("159#*0", listener.pressed());
        assertThrows(
                IllegalArgumentException.class, () -> speaker.press('x', Duration.ofMillis(60)));
    }

    @Test
    void raw_bytes_are_sent_as_they_are_and_counted_when_they_are_no_rtp() {
        speaker.sendRaw(new byte[] {1, 2, 3});
        speaker.sendRaw(new byte[40]);
        byte[] tooManySources = new byte[20];
        tooManySources[0] = (byte) 0x8F;
        speaker.sendRaw(tooManySources);
        awaitUntil(() -> listener.received().malformed() == 3);
    }

    private static double leastLateness(List<ReceivedPacket> sound, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(i -> sound.get(i).arrivalNanos() / 1e6 - 20.0 * i)
                .min()
                .orElseThrow();
    }

    private static void assertHeardAt(long nanos, SoundTimeline heard) {
        HeardTone tone = ToneDetector.listen(heard.pcm()).heard().getFirst();
        double late = (heard.nanosAt(tone.startMillis()) - nanos) / 1e6;
        assertEquals(0, late, 25, "heard " + late + " ms late");
    }

    private static List<ToneWord> words(PhoneMedia media) {
        return ToneDetector.listen(media.received().heardByArrival().pcm()).words();
    }

    private static long heard(PhoneMedia media, ToneWord word) {
        return ToneDetector.listen(media.received().heardByArrival().pcm()).heard(word).stream()
                .mapToLong(HeardTone::millis)
                .sum();
    }

    private static long sinceLastPacket(PhoneMedia media) {
        long last = media.received().packets().getLast().arrivalNanos();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last);
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen within 5 s");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
