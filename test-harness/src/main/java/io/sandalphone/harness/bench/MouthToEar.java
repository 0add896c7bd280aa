package io.sandalphone.harness.bench;

import io.sandalphone.harness.bench.Conversation.Utterance;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// How long a voice takes through the gateway: from when the first 20 ms of an utterance left its speaker to
/// when they came to the listener. Tones of the two languages have frequencies of their own, so what is
/// translated to the listener meanwhile does not matter.
final class MouthToEar {
    /// What comes later than this is lost.
    static final long LONGEST_NANOS = 500_000_000;

    private MouthToEar() {}

    /// The time of each utterance that was begun between the two moments; -1 of those that did not come.
    static LongStream of(
            LoadPhone speaker,
            List<Utterance> said,
            LoadPhone listener,
            long fromNanos,
            long toNanos) {
        long[] heardAt = listener.heardAt();
        return said.stream()
                .filter(
                        utterance -> {
                            long at = speaker.saidAt(utterance.frame());
                            return at >= fromNanos && at + LONGEST_NANOS < toNanos;
                        })
                .mapToLong(
                        utterance ->
                                delay(
                                        speaker.saidAt(utterance.frame()),
                                        utterance.words().getFirst(),
                                        listener,
                                        heardAt));
    }

    private static long delay(long saidAt, ToneWord word, LoadPhone listener, long[] heardAt) {
        int found = Arrays.binarySearch(heardAt, saidAt);
        for (int i = found < 0 ? -found - 1 : found; i < heardAt.length; i++) {
            long delay = heardAt[i] - saidAt;
            if (delay > LONGEST_NANOS) {
                return -1;
            }
            double level = ToneDetector.listen(listener.heardFrame(i)).level(word, 0, 20);
            if (level >= ToneDetector.AUDIBLE) {
                return delay;
            }
        }
        return -1;
    }
}
