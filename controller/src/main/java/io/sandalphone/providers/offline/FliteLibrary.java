package io.sandalphone.providers.offline;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sandalphone.speech.worker.TextParts;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

/// Flite with its voice `slt`, called in this process. Only the voice worker loads it. Thread-safe; a
/// speaker belongs to one thread at a time.
///
/// Written for the layouts of 2.x on 64-bit machines.
@SuppressWarnings("restricted") // Calling native code is this class's purpose.
final class FliteLibrary implements VoiceLibrary {
    /// The voice's library, which draws in the others.
    static final String LIBRARY = "libflite_cmu_us_slt.so.1";

    private static final String MAIN = "libflite.so.1";
    private static final int RATE = 16_000;

    /// About ten seconds of speech.
    private static final int MOST_CHARACTERS = 160;

    /// Samples handed over at a time: 100 ms.
    private static final int PIECE = 1600;

    /// It speaks at about -15 dBov as it is; then at -20.
    private static final float GAIN = 0.56f;

    /// Where a voice keeps its features (`cst_voice`).
    private static final long VOICE_FEATURES = ADDRESS.byteSize();

    /// `cst_wave`: type, rate, samples, channels, and where they are.
    private static final MemoryLayout WAVE =
            MemoryLayout.structLayout(
                    ADDRESS.withName("type"),
                    JAVA_INT.withName("rate"),
                    JAVA_INT.withName("count"),
                    JAVA_INT.withName("channels"),
                    MemoryLayout.paddingLayout(4),
                    ADDRESS.withName("samples"));

    private static final long WAVE_RATE = offset("rate");
    private static final long WAVE_COUNT = offset("count");
    private static final long WAVE_SAMPLES = offset("samples");

    private final MethodHandle textToWave;
    private final MethodHandle deleteWave;
    private final MemorySegment voice;

    private FliteLibrary(NativeLibrary main, NativeLibrary slt, int wordsPerMinute) {
        textToWave =
                main.function(
                        "flite_text_to_wave", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        deleteWave = main.function("delete_wave", FunctionDescriptor.ofVoid(ADDRESS));
        try {
            int _ =
                    (int)
                            main.function("flite_init", FunctionDescriptor.of(JAVA_INT))
                                    .invokeExact();
            voice =
                    (MemorySegment)
                            slt.function(
                                            "register_cmu_us_slt",
                                            FunctionDescriptor.of(ADDRESS, ADDRESS))
                                    .invokeExact(MemorySegment.NULL);
            var features =
                    voice.reinterpret(VOICE_FEATURES + ADDRESS.byteSize())
                            .get(ADDRESS, VOICE_FEATURES);
            main.function(
                            "flite_feat_set_float",
                            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_FLOAT))
                    .invokeExact(
                            features,
                            // Flite keeps the name and not a copy of it.
                            Arena.global().allocateFrom("duration_stretch"),
                            (float) OfflineSettings.USUAL_WORDS_PER_MINUTE / wordsPerMinute);
        } catch (Throwable failure) {
            throw NativeLibrary.broken(failure);
        }
    }

    private static long offset(String field) {
        return WAVE.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }

    static FliteLibrary load(int wordsPerMinute) throws LibraryUnavailableException {
        var main = NativeLibrary.load(MAIN);
        var slt = NativeLibrary.load(LIBRARY);
        if (main == null || slt == null) {
            throw new LibraryUnavailableException(Installation.sentence(LIBRARY, "flite"));
        }
        return new FliteLibrary(main, slt, wordsPerMinute);
    }

    @Override
    public String name() {
        return "Flite slt";
    }

    @Override
    public List<String> languages() {
        return List.of("en");
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public Speaker speaker() {
        return this::speak;
    }

    /// Flite gives no sound before it has made all of it, and cannot be stopped: it gets a sentence or so at
    /// a time.
    private void speak(String language, String text, Out out) {
        boolean wanted = true;
        for (String part : TextParts.of(text, MOST_CHARACTERS)) {
            wanted = wanted && speakPart(part, out);
        }
    }

    /// False when no more is wanted.
    private boolean speakPart(String text, Out out) {
        try (var arena = Arena.ofConfined()) {
            var wave = ((MemorySegment) textToWave.invokeExact(arena.allocateFrom(text), voice));
            if (wave.equals(MemorySegment.NULL)) {
                throw new IllegalStateException("flite_text_to_wave gave nothing");
            }
            try {
                short[] pcm = softened(samples(wave.reinterpret(WAVE.byteSize())));
                boolean wanted = true;
                for (int at = 0; wanted && at < pcm.length; at += PIECE) {
                    wanted =
                            out.accept(
                                    Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + PIECE)));
                }
                return wanted;
            } finally {
                deleteWave.invokeExact(wave);
            }
        } catch (Throwable failure) {
            throw NativeLibrary.broken(failure);
        }
    }

    private static short[] softened(short[] pcm) {
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(GAIN * pcm[i]);
        }
        return pcm;
    }

    private static short[] samples(MemorySegment wave) {
        if (wave.get(JAVA_INT, WAVE_RATE) != RATE) {
            throw new IllegalStateException("flite speaks at " + wave.get(JAVA_INT, WAVE_RATE));
        }
        long count = wave.get(JAVA_INT, WAVE_COUNT);
        return wave.get(ADDRESS, WAVE_SAMPLES)
                .reinterpret(count * JAVA_SHORT.byteSize())
                .toArray(JAVA_SHORT);
    }
}
