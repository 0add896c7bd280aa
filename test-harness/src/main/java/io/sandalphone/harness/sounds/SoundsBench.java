package io.sandalphone.harness.sounds;

import io.sandalphone.harness.bench.ResultJson;
import io.sandalphone.harness.sounds.SoundsTrial.Behind;
import io.sandalphone.harness.sounds.SoundsTrial.Foreign;
import io.sandalphone.harness.sounds.SoundsTrial.Kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the controller makes of every sound in `progress-sounds.md`, in every variant, and of speech alone
/// and over those sounds. `controller/docs/benchmarks.md` explains the results.
///
/// Started by `scripts/bench sounds`, which checks the command line.
public final class SoundsBench {
    private static final double[] RATIOS = {20, 10, 6, 3, 0, -3, -6, -10};

    private final double seconds;
    private final List<Foreign> foreign = new ArrayList<>();
    private final List<Kept> speech = new ArrayList<>();
    private final List<Behind> behind = new ArrayList<>();

    /// Everything that was measured.
    ///
    /// @param foreign sounds that nobody says, by kind and variant
    /// @param speech speech alone and over those sounds
    /// @param behind who speaks as soon as a sound has ended
    /// @param nanosPerFrame what a leg's 20 ms cost
    record Result(
            List<Foreign> foreign, List<Kept> speech, List<Behind> behind, long nanosPerFrame) {}

    private SoundsBench(double seconds) {
        this.seconds = seconds;
    }

    /// `args`: how many seconds of each tone, beep or data signal, and the file for the results as JSON.
    public static void main(String[] args) throws IOException {
        Path json = Path.of(args[1]).toAbsolutePath();
        Result result = new SoundsBench(Double.parseDouble(args[0])).run();
        Files.createDirectories(json.getParent());
        Files.writeString(json, ResultJson.of(result));
    }

    private Result run() throws IOException {
        List<LineSignal> signals = LineSignal.all();
        for (Variant variant : Variant.all()) {
            SoundsTrial.signals(signals, variant, seconds).forEach(this::keep);
        }
        for (Variant variant : Variant.ofMusic()) {
            keep(SoundsTrial.music(variant));
        }
        keep(SoundsTrial.solo());
        for (double dbm0 : new double[] {-10, -20, -35}) {
            keep(SoundsTrial.speechAlone(Speech.recordings(), dbm0));
        }
        for (Map.Entry<String, double[]> tone : SoundsTrial.tones().entrySet()) {
            over(tone.getKey(), tone.getValue());
        }
        for (int piece = 1; piece <= Music.PIECES; piece++) {
            over("piece " + piece, Dbm0.scaled(Music.piece(piece), Dbm0.rms(-15)));
        }
        over("white noise", SoundsTrial.noise());
        long nanos = SoundsTrial.nanosPerFrame();
        System.out.printf(
                Locale.ROOT,
                "a frame of 20 ms takes %d ns: %.2f %% of a core for a leg%n",
                nanos,
                nanos / 200_000.0);
        return new Result(foreign, speech, behind, nanos);
    }

    private void over(String name, double[] sound) {
        for (double ratio : RATIOS) {
            keep(SoundsTrial.speechOver(name, sound, ratio));
        }
        for (int after : new int[] {0, 20, 60, 100, 200}) {
            keep(SoundsTrial.behind(name, sound, after));
        }
    }

    private void keep(Foreign result) {
        foreign.add(result);
        System.out.printf(
                Locale.ROOT,
                "%-5s %-18s %3d of %3d voiced as words %s%n",
                result.group(),
                result.variant(),
                result.voiced().size(),
                result.sounds(),
                result.voiced());
    }

    private void keep(Kept result) {
        speech.add(result);
        System.out.printf(
                Locale.ROOT,
                "speech %+4.0f dB over %-18s %.3f delivered, %d of %d pieces lost%n",
                result.ratioDb(),
                result.over(),
                result.delivered(),
                result.lost(),
                result.pieces());
    }

    private void keep(Behind result) {
        behind.add(result);
        System.out.printf(
                Locale.ROOT,
                "speech %3d ms behind %-18s %d ms of its beginning missing%n",
                result.afterMillis(),
                result.sound(),
                result.missingMillis());
    }
}
