package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.media.vad.LevelGate;
import io.sandalphone.media.vad.SoundClassifier;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.media.vad.WebRtcVoiceDetector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Sounds of a telephone, through mu-law, the real voice detector, the classifier and the utterance
/// detector: which of them are utterances.
class SoundClassifierTest {
    private static final double LOUD = 6000;
    private static final int THRESHOLD = 64;

    private record Utterance(long start, long end) {}

    /// The utterances that are not refused.
    private static List<Utterance> heard(double[] sound) {
        return heard(pcm(sound), voice -> new SoundClassifier(THRESHOLD, voice));
    }

    private static List<Utterance> withoutClassifier(short[] pcm) {
        return heard(pcm, voice -> new LevelGate(THRESHOLD, voice));
    }

    private static List<Utterance> heard(short[] pcm, UnaryOperator<VoiceDetector> around) {
        List<Utterance> heard = new ArrayList<>();
        var listener =
                new UtteranceListener() {
                    private long start;

                    @Override
                    public void started(long position) {
                        start = position;
                    }

                    @Override
                    public void ended(long position) {
                        heard.add(new Utterance(start, position));
                    }

                    @Override
                    public void refused(long position) {}
                };
        var utterances =
                new UtteranceDetector(
                        UtteranceSettings.TELEPHONE,
                        UtteranceMeters.register(new SimpleMeterRegistry()),
                        listener);
        try (VoiceDetector detector =
                around.apply(WebRtcVoiceDetector.open(WebRtcVoiceDetector.Mode.AGGRESSIVE))) {
            for (int start = 0; start + 160 <= pcm.length; start += 160) {
                var frame =
                        new AudioFrame(Arrays.copyOfRange(pcm, start, start + 160), 8000, start);
                utterances.accept(frame, detector.judge(frame));
            }
        }
        utterances.finish();
        return heard;
    }

    /// Half a second of silence, the sound through mu-law, and a second of silence.
    private static short[] pcm(double[] sound) {
        double[] whole = TestSound.then(TestSound.silence(0.5), sound, TestSound.silence(1));
        var pcm = new short[whole.length];
        for (int i = 0; i < pcm.length; i++) {
            short sample =
                    (short) Math.clamp(Math.round(whole[i]), Short.MIN_VALUE, Short.MAX_VALUE);
            pcm[i] = G711.MU_LAW.decode(G711.MU_LAW.encode(sample));
        }
        return pcm;
    }

    private static double[] numbers(String plus) {
        return Arrays.stream(plus.split("\\+")).mapToDouble(Double::parseDouble).toArray();
    }

    private static int[] cadence(String milliseconds) {
        return milliseconds.equals("-")
                ? new int[0]
                : Arrays.stream(milliseconds.split("/")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "us dial, 350+440, -",
        "us ring, 440+480, 2000/4000",
        "us busy, 480+620, 500/500",
        "us congestion, 480+620, 250/250",
        "us off hook, 1400+2060+2450+2600, 100/100",
        "mx dial, 425, -",
        "mx ring, 425, 1000/4000",
        "mx busy, 425, 250/250",
        "es ring, 425, 1500/3000",
        "es busy, 425, 200/200",
        "uk ring, 400+450, 400/200/400/2000",
        "uk busy, 400, 375/375",
        "de busy, 425, 480/480",
        "fr dial, 440, -",
        "fr dial old, 330+440, -",
        "fr ring, 440, 1500/3500",
        "generic, 1100+1750, 300/200",
        "generic, 2000, 150/350",
        "beep, 1000, 80/5000",
        "beep, 1400, 425/5000",
        "beep, 440, 1000/9000",
        "double beep, 880, 150/60/150/9000",
        "dtmf 1, 697+1209, 100/100",
        "dtmf d, 941+1633, 50/50",
        "dtmf held, 770+1336, 3000/9000",
        "fax calling, 1100, 500/3000",
        "fax answering, 2100, 3000/75"
    })
    void tones_are_no_utterances(String name, String hertz, String onOff) {
        for (double peak : new double[] {400, LOUD}) {
            double[] tone = TestSound.tone(12, peak, numbers(hertz), cadence(onOff));
            assertEquals(List.of(), heard(tone), name + " at " + peak);
        }
    }

    @Test
    void tones_of_any_frequencies_and_cadence_are_no_utterances() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            double one = 350 + random.nextDouble() * 1650;
            double[] hertz =
                    random.nextBoolean()
                            ? new double[] {one}
                            : new double[] {one, one + 45 + random.nextDouble() * 600};
            int on = 60 + random.nextInt(2000);
            double[] tone =
                    TestSound.tone(6, 500 + random.nextInt(6000), hertz, on, random.nextInt(3000));
            assertEquals(
                    List.of(), heard(tone), Arrays.toString(hertz) + " on " + on + " seed " + seed);
        }
    }

    @Test
    void special_information_tones_are_no_utterance_and_the_announcement_behind_them_is() {
        double[] tones =
                TestSound.then(
                        TestSound.tone(0.33, LOUD, new double[] {950}),
                        TestSound.tone(0.33, LOUD, new double[] {1400}),
                        TestSound.tone(0.33, LOUD, new double[] {1800}));
        assertEquals(List.of(), heard(TestSound.then(tones, TestSound.silence(1), tones)));
        List<Utterance> announced =
                heard(TestSound.then(tones, TestSound.silence(0.1), TestSound.talk(2, LOUD)));
        assertEquals(1, announced.size());
        long begins = TestSound.samples(0.5 + 0.99 + 0.1);
        assertTrue(announced.getFirst().start() <= begins + 160, announced + " from " + begins);
    }

    @ParameterizedTest
    @CsvSource({"1650, 1850, 300", "2225, 2025, 300", "1400, 1800, 45.45", "1300, 2100, 1200"})
    void data_is_no_utterance(double mark, double space, double baud) {
        assertEquals(List.of(), heard(TestSound.data(4, LOUD, mark, space, baud)));
    }

    @Test
    void a_tone_with_lost_packets_and_noise_beneath_is_no_utterance() {
        double[] tone = TestSound.tone(20, 4000, new double[] {440, 480}, 2000, 1000);
        double[] noisy = TestSound.over(tone, TestSound.noise(20, 200), 0);
        var random = new Random(5);
        for (int frame = 1; frame < noisy.length / 160; frame++) {
            if (random.nextInt(20) == 0) {
                if (random.nextBoolean()) {
                    System.arraycopy(noisy, frame * 160 - 160, noisy, frame * 160, 160);
                } else {
                    Arrays.fill(noisy, frame * 160, frame * 160 + 160, 0);
                }
            }
        }
        assertEquals(List.of(), heard(noisy));
    }

    @ParameterizedTest
    @ValueSource(doubles = {600, LOUD})
    void chords_are_no_utterance(double peak) {
        assertEquals(List.of(), heard(TestSound.chords(30, peak, 1.5)));
    }

    @ParameterizedTest
    @CsvSource({
        "350+440, -",
        "440+480, 2000/4000",
        "425, 200/200",
        "1000, 500/500",
        "1400+2060+2450+2600, 100/100"
    })
    void who_talks_over_a_tone_as_loud_as_they_is_heard(String hertz, String onOff)
            throws IOException {
        double[] talk = recordedTalk();
        double seconds = talk.length / 8000.0 + 3;
        double each = rms(talk) * Math.sqrt(2.0 / numbers(hertz).length);
        double[] tone = TestSound.tone(seconds, each, numbers(hertz), cadence(onOff));
        long covered = coveredOver(tone, talk);
        assertTrue(covered >= 85, covered + " % of the talk is heard");
    }

    @Test
    void who_talks_over_music_that_is_softer_is_heard() throws IOException {
        double[] talk = recordedTalk();
        double[] music = TestSound.chords(talk.length / 8000.0 + 3, 1000, 1.5);
        double scale = rms(talk) / rms(music) / 3;
        long covered = coveredOver(Arrays.stream(music).map(each -> each * scale).toArray(), talk);
        assertTrue(covered >= 85, covered + " % of the talk is heard");
    }

    private static long coveredOver(double[] other, double[] talk) {
        double[] silence = TestSound.silence(other.length / 8000.0);
        return covered(
                withoutClassifier(pcm(TestSound.over(silence, talk, 2))),
                heard(TestSound.over(other, talk, 2)));
    }

    /// Some recorded sentences, a second and a half apart.
    private static double[] recordedTalk() throws IOException {
        Path folder = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");
        assumeTrue(Files.isDirectory(folder), "no recordings: asterisk-core-sounds-en-wav");
        double[] talk = {};
        for (String name :
                List.of("agent-newlocation", "conf-adminmenu", "cannot-complete-as-dialed")) {
            short[] pcm = read(folder.resolve(name + ".wav"));
            double[] sentence = new double[pcm.length];
            for (int i = 0; i < pcm.length; i++) {
                sentence[i] = pcm[i];
            }
            talk = TestSound.then(talk, sentence);
        }
        return talk;
    }

    /// Of the loud parts.
    private static double rms(double[] sound) {
        double sum = 0;
        int count = 0;
        for (int start = 0; start + 160 <= sound.length; start += 160) {
            double energy = 0;
            for (int i = start; i < start + 160; i++) {
                energy += sound[i] * sound[i];
            }
            if (energy > 160 * 200 * 200) {
                sum += energy;
                count += 160;
            }
        }
        return Math.sqrt(sum / Math.max(1, count));
    }

    @Test
    void who_talks_when_a_tone_or_music_has_ended_is_heard_from_the_beginning() {
        for (double[] before :
                List.of(
                        TestSound.tone(3, LOUD / 2, new double[] {440, 480}),
                        TestSound.chords(5, LOUD / 2, 1.5))) {
            List<Utterance> heard = heard(TestSound.then(before, TestSound.talk(2, LOUD)));
            int begins = TestSound.samples(0.5) + before.length;
            assertEquals(1, heard.size());
            assertTrue(heard.getFirst().start() <= begins + 160, heard + " from " + begins);
        }
    }

    @ParameterizedTest
    @CsvSource({"120, 730, 1090", "120, 300, 870", "220, 730, 1090", "220, 300, 870"})
    void a_vowel_that_is_held_is_an_utterance(double pitch, double one, double two) {
        double[] vowel = TestSound.vowel(1.5, LOUD, pitch, one, two);
        assertEquals(1, heard(vowel).size());
    }

    /// How much, in percent, of what is heard without the classifier is heard.
    private static long covered(List<Utterance> without, List<Utterance> heard) {
        long all = 0;
        long covered = 0;
        for (Utterance one : without) {
            all += one.end() - one.start();
            for (Utterance other : heard) {
                covered +=
                        Math.max(
                                0,
                                Math.min(one.end(), other.end())
                                        - Math.max(one.start(), other.start()));
            }
        }
        return covered * 100 / all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"en_US_f_Allison", "es_MX_f_Allison"})
    void no_utterance_of_a_recorded_voice_is_lost(String speaker) throws IOException {
        Path folder = Path.of("/usr/share/asterisk/sounds", speaker);
        assumeTrue(Files.isDirectory(folder), "no recordings: asterisk-core-sounds-*-wav");
        List<String> lost = new ArrayList<>();
        int utterances = 0;
        for (Path recording : recordings(folder)) {
            short[] pcm = read(recording);
            List<Utterance> without = withoutClassifier(pcm);
            List<Utterance> with = heard(pcm, voice -> new SoundClassifier(THRESHOLD, voice));
            utterances += without.size();
            for (Utterance one : without) {
                if (covered(List.of(one), with) < 50) {
                    lost.add(recording.getFileName() + " " + one);
                }
            }
        }
        assertEquals(List.of(), lost, "of " + utterances);
        assertTrue(utterances > 400, utterances + " utterances");
    }

    /// Those with words.
    private static List<Path> recordings(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wav"))
                    .filter(
                            file ->
                                    !file.toString()
                                            .matches(
                                                    ".*(beep|2tone|/tt-|screaming|monkey|confbridge-join"
                                                        + "|confbridge-leave|silence/).*"))
                    .sorted()
                    .toList();
        }
    }

    /// 16-bit PCM of a WAV file at 8 kHz, in silence.
    private static short[] read(Path wav) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        var pcm = new short[4800 + (file.capacity() - 44) / 2 + 8000];
        file.position(44)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(pcm, 4800, (file.capacity() - 44) / 2);
        return pcm;
    }
}
