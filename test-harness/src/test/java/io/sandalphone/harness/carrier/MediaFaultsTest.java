package io.sandalphone.harness.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class MediaFaultsTest {
    private final CarrierFaults faults = new CarrierFaults();
    private final MediaFaults media = new MediaFaults(faults, true);

    @Test
    void without_faults_each_frame_goes_when_it_is_due() {
        assertEquals(List.of(List.of("1"), List.of("2"), List.of("3")), sent(media, 1, 3));
    }

    @Test
    void late_sound_is_twenty_frames_late_and_complete() {
        faults.set(CarrierFault.LATE_MEDIA);

        List<List<String>> sent = sent(media, 1, 22);

        assertEquals(List.of(), sent.get(19));
        assertEquals(List.of("1"), sent.get(20));
        assertEquals(List.of("2"), sent.get(21));
        faults.clear();
        assertEquals(
                IntStream.rangeClosed(3, 23).mapToObj(Integer::toString).toList(), media.due("23"));
    }

    @Test
    void bursts_hold_ten_frames_in_order() {
        faults.set(CarrierFault.BURSTY_MEDIA);

        List<List<String>> sent = sent(media, 1, 20);

        assertEquals(List.of(), sent.get(8));
        assertEquals(
                IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList(), sent.get(9));
        assertEquals(10, sent.get(19).size());
    }

    @Test
    void reordered_frames_change_places_in_pairs() {
        faults.set(CarrierFault.REORDERED_MEDIA);

        assertEquals(
                List.of("2", "1", "4", "3"),
                sent(media, 1, 4).stream().flatMap(List::stream).toList());
    }

    @Test
    void a_carrier_that_keeps_no_order_swaps_one_pair_in_fifty_frames() {
        var unordered = new MediaFaults(faults, false);

        List<String> sent = sent(unordered, 1, 120).stream().flatMap(List::stream).toList();

        assertEquals(120, sent.size());
        List<Integer> swapped =
                IntStream.range(0, 119)
                        .filter(
                                i ->
                                        Integer.parseInt(sent.get(i))
                                                > Integer.parseInt(sent.get(i + 1)))
                        .map(i -> i + 1)
                        .boxed()
                        .toList();
        assertEquals(List.of(50, 100), swapped);
    }

    @Test
    void nonsense_arrives_beside_every_tenth_frame_and_oversized_ones_now_and_then() {
        faults.set(CarrierFault.MALFORMED_MEDIA);
        faults.set(CarrierFault.OVERSIZED_MEDIA);
        List<Integer> lengths = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lengths.add(media.framesOfNext());
            counts.add(media.due("x").size());
        }

        assertEquals(2, lengths.stream().filter(each -> each == 250).count());
        assertEquals(5, counts.stream().filter(each -> each == 2).count());
    }

    private static List<List<String>> sent(MediaFaults media, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> media.due(Integer.toString(i)))
                .toList();
    }
}
