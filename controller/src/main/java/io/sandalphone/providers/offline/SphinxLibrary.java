package io.sandalphone.providers.offline;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Map;
import java.util.StringJoiner;

/// libpocketsphinx, called in this process. Only the recognition worker loads it: a fault in native
/// code ends the whole process.
///
/// Two generations of its interface are installed out there. They differ in how a decoder is
/// configured and in how its cepstral mean is reached: 0.8 "5prealpha" (`libpocketsphinx.so.3` and
/// `libsphinxbase.so.3`, as in Debian 12 and Ubuntu 24.04) and 5.x (`libpocketsphinx.so.5`).
/// Thread-safe; a decoder belongs to one thread at a time.
///
/// Written for 64-bit machines, where `size_t` is a Java long.
@SuppressWarnings("restricted") // Calling native code is this class's purpose.
abstract sealed class SphinxLibrary {
    private final MethodHandle init;
    private final MethodHandle startUtterance;
    private final MethodHandle processRaw;
    private final MethodHandle endUtterance;
    private final MethodHandle hypothesis;

    private SphinxLibrary(NativeLibrary sphinx) {
        init = sphinx.function("ps_init", FunctionDescriptor.of(ADDRESS, ADDRESS));
        startUtterance = sphinx.function("ps_start_utt", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        processRaw =
                sphinx.function(
                        "ps_process_raw",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
        endUtterance = sphinx.function("ps_end_utt", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        hypothesis =
                sphinx.function("ps_get_hyp", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    }

    /// Loads whichever generation is installed, the newer one first.
    static SphinxLibrary load() throws LibraryUnavailableException {
        var five = NativeLibrary.load("libpocketsphinx.so.5");
        if (five != null) {
            return new Five(five);
        }
        var prealpha = NativeLibrary.load("libpocketsphinx.so.3");
        var base = NativeLibrary.load("libsphinxbase.so.3");
        if (prealpha != null && base != null) {
            return new Prealpha(prealpha, base);
        }
        throw new LibraryUnavailableException(
                Installation.sentence("libpocketsphinx", "pocketsphinx"));
    }

    /// PocketSphinx writes what it recognises to its log: it gets none.
    static void silence(NativeLibrary library) {
        try {
            library.function("err_set_logfp", FunctionDescriptor.ofVoid(ADDRESS))
                    .invokeExact(MemorySegment.NULL);
        } catch (Throwable failure) {
            throw NativeLibrary.broken(failure);
        }
    }

    /// The name of this generation, for the operator.
    abstract String generation();

    /// A native configuration with these settings, or NULL when they are not understood.
    abstract MemorySegment configure(Arena arena, Map<String, String> settings) throws Throwable;

    abstract String cepstralMean(MemorySegment decoder) throws Throwable;

    abstract void setCepstralMean(MemorySegment decoder, String mean) throws Throwable;

    /// A new decoder. `settings` are named as PocketSphinx names its options, without the dash.
    Decoder decoder(Map<String, String> settings) throws LibraryUnavailableException {
        try (var arena = Arena.ofConfined()) {
            var configuration = configure(arena, settings);
            if (!configuration.equals(MemorySegment.NULL)) {
                var decoder = (MemorySegment) init.invokeExact(configuration);
                if (!decoder.equals(MemorySegment.NULL)) {
                    return new Decoder(decoder);
                }
            }
        } catch (Throwable failure) {
            throw NativeLibrary.broken(failure);
        }
        throw new LibraryUnavailableException(
                "PocketSphinx " + generation() + " does not take its model or settings");
    }

    private static void check(int answer, String function) {
        if (answer < 0) {
            throw new IllegalStateException(function + " answered " + answer);
        }
    }

    /// Hears one utterance at a time. Lives as long as the process.
    final class Decoder {
        private final MemorySegment decoder;

        private Decoder(MemorySegment decoder) {
            this.decoder = decoder;
        }

        /// Begins an utterance. `mean` is what [#cepstralMean] said after the speaker's last one.
        void start(String mean) {
            try {
                setCepstralMean(decoder, mean);
                check((int) startUtterance.invokeExact(decoder), "ps_start_utt");
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        /// Decodes the next piece, mono 16-bit PCM at 16 kHz.
        void hear(short[] pcm) {
            try (var arena = Arena.ofConfined()) {
                var copy = arena.allocateFrom(JAVA_SHORT, pcm);
                check(
                        (int) processRaw.invokeExact(decoder, copy, (long) pcm.length, 0, 0),
                        "ps_process_raw");
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        /// Ends the utterance; from then on the [#hypothesis] is final.
        void end() {
            try {
                check((int) endUtterance.invokeExact(decoder), "ps_end_utt");
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        /// The words so far, empty when there are none.
        String hypothesis() {
            try {
                return NativeLibrary.text(
                        (MemorySegment) hypothesis.invokeExact(decoder, MemorySegment.NULL));
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        /// What was learned of the speaker's voice and line: the mean of their cepstra, which is
        /// subtracted from what they say.
        String cepstralMean() {
            try {
                return SphinxLibrary.this.cepstralMean(decoder);
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }
    }

    /// 5.x.
    private static final class Five extends SphinxLibrary {
        private final MethodHandle parseJson;
        private final MethodHandle getMean;
        private final MethodHandle setMean;

        Five(NativeLibrary sphinx) {
            super(sphinx);
            silence(sphinx);
            parseJson =
                    sphinx.function(
                            "ps_config_parse_json",
                            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
            getMean =
                    sphinx.function(
                            "ps_get_cmn", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
            setMean =
                    sphinx.function(
                            "ps_set_cmn", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        }

        @Override
        String generation() {
            return "5.x";
        }

        @Override
        MemorySegment configure(Arena arena, Map<String, String> settings) throws Throwable {
            var json = new StringJoiner(",", "{", "}");
            settings.forEach((name, value) -> json.add('"' + name + "\":\"" + value + '"'));
            return (MemorySegment)
                    parseJson.invokeExact(MemorySegment.NULL, arena.allocateFrom(json.toString()));
        }

        @Override
        String cepstralMean(MemorySegment decoder) throws Throwable {
            return NativeLibrary.text((MemorySegment) getMean.invokeExact(decoder, 1));
        }

        @Override
        void setCepstralMean(MemorySegment decoder, String mean) throws Throwable {
            try (var arena = Arena.ofConfined()) {
                check((int) setMean.invokeExact(decoder, arena.allocateFrom(mean)), "ps_set_cmn");
            }
        }
    }

    /// 0.8 "5prealpha".
    private static final class Prealpha extends SphinxLibrary {
        /// Where `feat_t` keeps its `cmn_struct` (`sphinxbase/feat.h`); this interface has no function
        /// for it.
        private static final long CMN_STRUCT = 88;

        /// Coefficients in a cepstrum.
        private static final int CEPSTRUM = 13;

        private final MethodHandle arguments;
        private final MethodHandle parse;
        private final MethodHandle feature;
        private final MethodHandle getMean;
        private final MethodHandle setMean;

        Prealpha(NativeLibrary sphinx, NativeLibrary base) {
            super(sphinx);
            silence(base);
            arguments = sphinx.function("ps_args", FunctionDescriptor.of(ADDRESS));
            parse =
                    base.function(
                            "cmd_ln_parse_r",
                            FunctionDescriptor.of(
                                    ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
            feature = sphinx.function("ps_get_feat", FunctionDescriptor.of(ADDRESS, ADDRESS));
            getMean = base.function("cmn_live_get", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
            setMean = base.function("cmn_live_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        }

        @Override
        String generation() {
            return "0.8";
        }

        @Override
        MemorySegment configure(Arena arena, Map<String, String> settings) throws Throwable {
            var words = new ArrayList<String>();
            words.add("pocketsphinx");
            settings.forEach(
                    (name, value) -> {
                        words.add("-" + name);
                        words.add(value);
                    });
            var vector = arena.allocate(ADDRESS, words.size());
            for (int i = 0; i < words.size(); i++) {
                vector.setAtIndex(ADDRESS, i, arena.allocateFrom(words.get(i)));
            }
            var definitions = (MemorySegment) arguments.invokeExact();
            return (MemorySegment)
                    parse.invokeExact(MemorySegment.NULL, definitions, words.size(), vector, 1);
        }

        private MemorySegment normalization(MemorySegment decoder) throws Throwable {
            var feat = (MemorySegment) feature.invokeExact(decoder);
            return feat.reinterpret(CMN_STRUCT + ADDRESS.byteSize()).get(ADDRESS, CMN_STRUCT);
        }

        @Override
        String cepstralMean(MemorySegment decoder) throws Throwable {
            try (var arena = Arena.ofConfined()) {
                var mean = arena.allocate(JAVA_FLOAT, CEPSTRUM);
                getMean.invokeExact(normalization(decoder), mean);
                var text = new StringJoiner(",");
                for (float coefficient : mean.toArray(JAVA_FLOAT)) {
                    text.add(Float.toString(coefficient));
                }
                return text.toString();
            }
        }

        @Override
        void setCepstralMean(MemorySegment decoder, String mean) throws Throwable {
            try (var arena = Arena.ofConfined()) {
                var vector = arena.allocate(JAVA_FLOAT, CEPSTRUM);
                String[] coefficients = mean.split(",", CEPSTRUM);
                for (int i = 0; i < CEPSTRUM; i++) {
                    vector.setAtIndex(JAVA_FLOAT, i, Float.parseFloat(coefficients[i]));
                }
                setMean.invokeExact(normalization(decoder), vector);
            }
        }
    }
}
