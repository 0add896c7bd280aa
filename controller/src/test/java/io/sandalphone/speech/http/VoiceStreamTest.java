package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.codec.SampleCoding;
import io.sandalphone.media.codec.SoundReader;
import io.sandalphone.media.codec.WavFile;
import io.sandalphone.speech.SpeechException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

class VoiceStreamTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VoiceStream voice = new VoiceStream("test", VendorMeters.register(meters));
    private final List<short[]> heard = new ArrayList<>();

    private int samples() {
        return heard.stream().mapToInt(pcm -> pcm.length).sum();
    }

    /// A second of a tone of 440 Hz.
    private static byte[] tone(int rate) {
        var pcm = new short[rate];
        for (int i = 0; i < rate; i++) {
            pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * i / rate));
        }
        return WavFile.of(pcm, rate);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 22_050, 24_000, 44_100})
    void a_second_is_a_second_of_the_telephones_and_as_loud(int rate) throws Exception {
        voice.pass(
                VoiceStream.wav(new ByteArrayInputStream(tone(rate))),
                System.nanoTime(),
                heard::add);
        assertEquals(8000, samples(), 120);
        int loudest = 0;
        for (short[] pcm : heard) {
            for (short sample : pcm) {
                loudest = Math.max(loudest, Math.abs(sample));
            }
        }
        assertEquals(8000, loudest, 300);
        assertTrue(heard.size() > 5, "in pieces");
        assertEquals(1, meters.get("sandalphone.vendor.first.audio").timer().count());
    }

    @Test
    void without_sound_it_is_a_fault_of_the_service() {
        for (int rate : new int[] {8000, 24_000}) {
            assertThrows(
                    SpeechException.class,
                    () ->
                            voice.pass(
                                    SoundReader.bare(
                                            InputStream.nullInputStream(),
                                            SampleCoding.PCM_16,
                                            rate),
                                    System.nanoTime(),
                                    heard::add));
        }
    }

    @Test
    void sound_without_end_is_cut_off_and_not_kept() throws Exception {
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 1;
                    }

                    @Override
                    public int read(byte[] to, int at, int length) {
                        return length;
                    }
                };
        var sound = SoundReader.bare(endless, SampleCoding.MU_LAW, 8000);
        var pieces = new int[1];
        assertThrows(
                OverlongException.class,
                () -> voice.pass(sound, System.nanoTime(), pcm -> pieces[0] += pcm.length));
        assertTrue(pieces[0] <= 20 * 60 * 8000, pieces[0] + " samples");
    }

    @Test
    void an_interrupt_ends_it_where_nothing_waits() throws Exception {
        SoundReader sound = VoiceStream.wav(new ByteArrayInputStream(tone(8000)));
        assertThrows(
                InterruptedException.class,
                () ->
                        voice.pass(
                                sound,
                                System.nanoTime(),
                                pcm -> {
                                    heard.add(pcm);
                                    Thread.currentThread().interrupt();
                                }));
        assertEquals(1, heard.size());
    }
}
