package io.sandalphone.harness.demo;

import io.sandalphone.harness.measure.Bursts;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.measure.Span;
import io.sandalphone.harness.measure.Wav;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.telephony.Party;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A call whose recordings are mixed from known sounds, so that what must be measured is known.
///
/// The caller speaks English prompts, and 700 ms to 1.1 s after each of them its translation, a
/// Spanish prompt, sounds over the next. The destination speaks one prompt. Every voice is coded in
/// mu-law on each of its ways.
final class SyntheticCall {
    static final Language EN = new Language("en");
    static final Language ES = new Language("es");
    static final long EPOCH = 1_790_000_000_000L;

    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final List<String> SAID =
            List.of("privacy-prompt", "tt-somethingwrong", "vm-review", "demo-thanks", "vm-sorry");
    private static final List<String> TRANSLATED =
            List.of("vm-goodbye", "vm-nobodyavail", "vm-sorry", "vm-mailboxfull", "vm-incorrect");

    final long seed;
    double duckedTo = 0.25;
    boolean restores = true;
    int unspoken = -1;
    int cut = -1;
    double leak;

    /// How much later than at the destination the caller hears what leaks.
    int leakSecondsLater;

    /// Nine seconds later than at the destination the caller hears something that resembles what was said there, for so long.
    int resemblingMillis;

    double partsPerMillion;
    int jumpMillis;

    /// Where the caller's sentences and their translations begin and end, in his samples.
    final List<int[]> speech = new ArrayList<>();

    final List<int[]> translations = new ArrayList<>();

    SyntheticCall(long seed) {
        this.seed = seed;
    }

    static short[] english(String name) {
        return wav(SOUNDS.resolve("en_US_f_Allison").resolve(name + ".wav"));
    }

    static short[] spanish(String name) {
        return wav(SOUNDS.resolve("es_MX_f_Allison").resolve(name + ".wav"));
    }

    private static short[] wav(Path file) {
        try {
            return Wav.read(file).pcm();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Speaks prompts by their names.
    static Synthesizer synthesizer() {
        return new Synthesizer() {
            @Override
            public String name() {
                return "prompts";
            }

            @Override
            public boolean speaks(Language language) {
                return language.sameAs(ES);
            }

            @Override
            public void synthesize(SynthesisRequest request, PcmSink out) {
                out.accept(spanish(request.text()));
            }
        };
    }

    /// From the last sound of a sentence to the first of its translation.
    int delayMillis(CallOutcome call, int utterance) {
        int end = speech.get(utterance)[1];
        int lastSound =
                Bursts.of(call.recordings().caller().said()).stream()
                        .mapToInt(Span::end)
                        .filter(e -> e <= end + 40)
                        .max()
                        .orElseThrow();
        int silence = Bursts.of(spanish(TRANSLATED.get(utterance))).getFirst().start();
        return (translations.get(utterance)[0] + silence - lastSound) / 8;
    }

    CallOutcome outcome() {
        Random random = new Random(seed);
        double[] said = new double[60 * 8000];
        double[] spoken = new double[said.length];
        double[] gain = new double[said.length];
        Arrays.fill(gain, 1);
        List<UtteranceReport> reports = new ArrayList<>();
        List<KnownSpeech> known = new ArrayList<>();
        int at = 8000 + random.nextInt(8000);
        int free = 0;
        for (int i = 0; i < SAID.size(); i++) {
            short[] sentence = english(SAID.get(i));
            add(said, sentence, at, 1);
            int end = at + sentence.length;
            speech.add(new int[] {at, end});
            known.add(new KnownSpeech(Party.CALLER, SAID.get(i).replace('-', ' '), sentence));
            short[] translation = spanish(TRANSLATED.get(i));
            int start = Math.max(free, end + 5600 + random.nextInt(3200));
            int stop = start + translation.length;
            translations.add(new int[] {start, stop});
            if (i != unspoken) {
                int heard = i == cut ? translation.length / 2 : translation.length;
                add(spoken, Arrays.copyOf(translation, heard), start, 1);
                Arrays.fill(gain, start, restores ? stop : gain.length, duckedTo);
            }
            reports.add(report(i, at, end, start, stop, random));
            free = stop + 1600;
            at = end + 6400 + random.nextInt(3200);
        }
        int length = Math.max(at, free) + 16000;
        double[] replied = new double[length];
        add(replied, english("pls-hold-while-try"), 12000, 1);
        double[] mixed = new double[length];
        double[] line = coded(Arrays.copyOf(said, length));
        double[] translated = coded(spoken);
        double[] reply = coded(replied);
        for (int i = 0; i < length; i++) {
            mixed[i] = line[i] * gain[i] + translated[i];
            int from = i - leakSecondsLater * 8000;
            reply[i] += from < 0 ? 0 : leak * translated[from];
        }
        int[] first = translations.getFirst();
        int middle = (first[0] + first[1]) / 2;
        for (int i = middle; i < middle + resemblingMillis * 8; i++) {
            reply[i + 9 * 8000] += translated[i];
        }
        return new CallOutcome(
                "completed",
                "caller-hung-up",
                DemoCarrier.ASTERISK,
                "22.10.1",
                Providers.OFFLINE,
                new Recordings(
                        new Recordings.Phone(
                                pcm(Arrays.copyOf(said, length)),
                                pcm(coded(travelled(reply, random)))),
                        new Recordings.Phone(pcm(replied), pcm(coded(travelled(mixed, random))))),
                reports,
                known,
                Optional.empty(),
                new CallOutcome.LeftBehind(0, 0, Optional.empty()));
    }

    private static UtteranceReport report(
            int i, int at, int end, int start, int stop, Random random) {
        return new UtteranceReport(
                Party.CALLER,
                i,
                EN,
                ES,
                SAID.get(i).replace('-', ' '),
                TRANSLATED.get(i),
                new UtteranceReport.Stages(
                        EPOCH + at / 8 + random.nextInt(60),
                        EPOCH + end / 8 + random.nextInt(200),
                        EPOCH + end / 8 + 400,
                        EPOCH + start / 8,
                        EPOCH + stop / 8),
                Optional.empty());
    }

    /// What arrives at the other phone: later, at another pace, and after a jump in the middle of the
    /// second translation.
    private double[] travelled(double[] signal, Random random) {
        int offset = random.nextInt(16000) - 4000;
        double[] arrived = new double[signal.length];
        for (int i = 0; i < arrived.length; i++) {
            double from = (i - offset) * (1 + partsPerMillion / 1e6);
            if (2 * from > translations.get(1)[0] + translations.get(1)[1]) {
                from -= jumpMillis * 8;
            }
            int before = (int) Math.floor(from);
            double after = from - before;
            if (before >= 0 && before + 1 < signal.length) {
                arrived[i] = signal[before] * (1 - after) + signal[before + 1] * after;
            }
        }
        return arrived;
    }

    /// A sound as it comes out of a telephone line.
    private static double[] coded(double[] signal) {
        short[] decoded = MuLaw.decode(MuLaw.encode(pcm(signal)));
        double[] coded = new double[signal.length];
        for (int i = 0; i < coded.length; i++) {
            coded[i] = decoded[i];
        }
        return coded;
    }

    private static void add(double[] to, short[] sound, int at, double gain) {
        for (int i = 0; i < sound.length; i++) {
            to[at + i] += gain * sound[i];
        }
    }

    private static short[] pcm(double[] signal) {
        short[] pcm = new short[signal.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.clamp(Math.round(signal[i]), -32768, 32767);
        }
        return pcm;
    }
}
