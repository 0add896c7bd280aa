package io.sandalphone.harness.sounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sandalphone.harness.sounds.SoundsTrial.Foreign;
import io.sandalphone.harness.sounds.SoundsTrial.Kept;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A slice of what `scripts/bench sounds` measures: sounds of the table `progress-tones.tsv` and the music
/// beside it, through the controller's own ears.
class ProgressSoundsTest {
    private static final Path RECORDINGS = Path.of("/usr/share/asterisk/sounds/es_MX_f_Allison");

    /// Two tones 25 Hz apart beat like a voice until the first second shows that they go on.
    private static final String BEATING = "de-dial-special";

    @ParameterizedTest
    @CsvSource({
        "1, 1.676, -0.366, -2.342",
        "2, 0.527, 0.150, -0.235",
        "3, 0.841, 1.298, 1.046",
        "8, 0.910, 1.000, 0.000"
    })
    void the_music_is_the_one_that_is_described(
            int piece, double rms, double first, double second) {
        double[] sound = Music.piece(piece);
        assertEquals(rms, Dbm0.rms(sound), 0.001);
        assertEquals(first, sound[1000], 0.001);
        assertEquals(second, sound[8000], 0.001);
    }

    @ParameterizedTest
    @CsvSource({"4, 0.188", "5, 1.332", "6, 1.093", "7, 1.572"})
    void music_of_chance_and_vibrato_is_as_loud_as_is_described(int piece, double rms) {
        assertEquals(rms, Dbm0.rms(Music.piece(piece)), 0.003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listed", "-35 dBm0", "mu-law twice"})
    void no_tone_beep_key_or_data_is_voiced_as_words(String name) throws IOException {
        List<LineSignal> signals =
                LineSignal.all().stream().filter(each -> !each.id().equals(BEATING)).toList();
        assertTrue(signals.size() > 150, signals.size() + " signals");
        Variant variant =
                Variant.all().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        for (Foreign each : SoundsTrial.signals(signals, variant, 12)) {
            assertEquals(List.of(), each.voiced(), each.group() + " " + variant);
        }
    }

    @Test
    void what_beats_like_a_voice_is_known_for_a_tone_within_a_second() throws IOException {
        Delivery delivery = Delivery.of(Variant.LISTED.of(LineSignal.of(BEATING), 60));
        assertTrue(delivery.words() <= 1, delivery::toString);
        assertTrue(delivery.millis() < 1000, delivery::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 7, 8})
    void music_without_a_voice_is_not_voiced_as_words(int piece) {
        assertEquals(0, Delivery.of(Variant.LISTED.of(Music.piece(piece))).words());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tones")
    void who_talks_over_tones_as_loud_as_they_loses_no_word(String name, double[] tone) {
        requireRecordings();
        Kept kept = SoundsTrial.speechOver(name, tone, 0);
        assertEquals(0, kept.lost(), kept::toString);
        assertTrue(kept.delivered() > 0.94, kept::toString);
    }

    static List<Arguments> tones() throws IOException {
        return SoundsTrial.tones().entrySet().stream()
                .map(each -> Arguments.of(each.getKey(), each.getValue()))
                .toList();
    }

    @Test
    void who_talks_over_music_that_is_softer_is_heard() {
        requireRecordings();
        for (int piece = 1; piece <= Music.PIECES; piece++) {
            double[] music = Dbm0.scaled(Music.piece(piece), Dbm0.rms(-15));
            Kept kept = SoundsTrial.speechOver("piece " + piece, music, 10);
            assertTrue(kept.delivered() > 0.97, kept::toString);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tones")
    void who_talks_as_soon_as_a_sound_has_ended_is_heard_from_the_beginning(
            String name, double[] tone) {
        requireRecordings();
        var behind = SoundsTrial.behind(name, tone, 0);
        assertTrue(behind.missingMillis() <= 20, behind::toString);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-10, -35})
    void no_recorded_word_is_taken_for_something_else(double dbm0) {
        requireRecordings();
        List<Path> some = Speech.recordings();
        Kept kept =
                SoundsTrial.speechAlone(
                        some.stream().filter(each -> some.indexOf(each) % 4 == 0).toList(), dbm0);
        assertTrue(kept.pieces() > 100, kept::toString);
        assertEquals(0, kept.lost(), kept::toString);
    }

    private static void requireRecordings() {
        assumeTrue(Files.isDirectory(RECORDINGS), "no recordings: asterisk-core-sounds-es-wav");
    }
}
