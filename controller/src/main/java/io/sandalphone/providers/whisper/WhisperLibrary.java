package io.sandalphone.providers.whisper;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.givimad.whisperjni.WhisperJNI;
import io.sandalphone.speech.text.admission.WhisperHearing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// whisper.cpp 1.7.1 as whisper-jni 1.7.1 brings it, called in this process. Only the recognition worker
/// loads it: a fault in native code ends the whole process.
///
/// whisper-jni unpacks and loads the libraries that fit the processor. What it hands through is not
/// enough: tokens' probabilities and logits are reached through the library's own interface.
///
/// For one thread.
@SuppressWarnings("restricted") // Calling native code is this class's purpose.
final class WhisperLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    /// `whisper_full_params` of that version, in bytes. Passed by value.
    private static final int PARAMETERS = 264;

    private static final MemoryLayout PARAMETERS_LAYOUT =
            MemoryLayout.structLayout(
                    MemoryLayout.sequenceLayout(PARAMETERS / Long.BYTES, JAVA_LONG));

    // Where in it what stands.
    private static final int STRATEGY = 0;
    private static final int THREADS = 4;
    private static final int NO_CONTEXT = 21;
    private static final int PRINT_PROGRESS = 25;
    private static final int AUDIO_CONTEXT = 56;
    private static final int LANGUAGE = 96;
    private static final int SUPPRESS_NON_SPEECH = 106;
    private static final int LENGTH_PENALTY = 116;
    private static final int TEMPERATURE_STEP = 120;
    private static final int ENTROPY_LIMIT = 124;
    private static final int NO_SPEECH_LIMIT = 132;
    private static final int BEST_OF = 136;
    private static final int BEAM = 140;
    private static final int PATIENCE = 144;

    /// Four pairs of a function and what it gets follow each other, all null by default.
    private static final int CALLBACKS = 152;

    private static final int ABORT = 200;
    private static final int CALLBACKS_END = 232;
    private static final int GRAMMAR_PENALTY = 256;

    /// How many beginnings of a text [Search#BEAM] follows. whisper.cpp draws the tokens they go on with by chance, by their
    /// probabilities: with two or three the likeliest is missed too often, and more words are wrong than in greedy decoding.
    private static final int BEAM_SIZE = 5;

    /// How the likeliest text is looked for.
    enum Search {
        /// The likeliest token each time, never to be taken back: the same text for the same sound, and cheaper.
        GREEDY(0),
        /// Several beginnings side by side, and at the end the likeliest. Chance has a part in it.
        BEAM(1);

        /// whisper.cpp's number for it.
        private final int strategy;

        Search(int strategy) {
            this.strategy = strategy;
        }
    }

    private final MethodHandle full;
    private final MethodHandle segments;
    private final MethodHandle segmentText;
    private final MethodHandle segmentTokens;
    private final MethodHandle tokenId;
    private final MethodHandle tokenProbability;
    private final MethodHandle decode;
    private final MethodHandle logits;
    private final MemorySegment context;
    private final MemorySegment parameters;
    private final int threads;
    private final int vocabulary;
    private final int startToken;
    private final int endToken;
    private final int noSpeechToken;

    /// Asked by whisper.cpp between two steps of its own.
    private BooleanSupplier abandon = () -> false;

    /// Whether that said yes while the present sound was decoded. Then whisper.cpp stops and answers with an error.
    private boolean abandoned;

    /// Loads the libraries and the model, which is to use `threads` processors.
    WhisperLibrary(Path model, int threads) throws IOException {
        SymbolLookup whisper = libraries();
        this.threads = threads;
        full =
                function(
                        whisper,
                        "whisper_full",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, PARAMETERS_LAYOUT, ADDRESS, JAVA_INT));
        segments = number(whisper, "whisper_full_n_segments", ADDRESS);
        segmentText =
                function(
                        whisper,
                        "whisper_full_get_segment_text",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        segmentTokens = number(whisper, "whisper_full_n_tokens", ADDRESS, JAVA_INT);
        tokenId = number(whisper, "whisper_full_get_token_id", ADDRESS, JAVA_INT, JAVA_INT);
        tokenProbability =
                function(
                        whisper,
                        "whisper_full_get_token_p",
                        FunctionDescriptor.of(JAVA_FLOAT, ADDRESS, JAVA_INT, JAVA_INT));
        decode = number(whisper, "whisper_decode", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
        logits = function(whisper, "whisper_get_logits", FunctionDescriptor.of(ADDRESS, ADDRESS));
        var load =
                function(
                        whisper, "whisper_init_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS));
        var defaults =
                function(
                        whisper,
                        "whisper_full_default_params_by_ref",
                        FunctionDescriptor.of(ADDRESS, JAVA_INT));
        try {
            context =
                    (MemorySegment) load.invokeExact(Arena.global().allocateFrom(model.toString()));
            if (context.equals(MemorySegment.NULL)) {
                throw new IOException("whisper.cpp does not take the model " + model);
            }
            parameters =
                    ((MemorySegment) defaults.invokeExact(Search.GREEDY.strategy))
                            .reinterpret(PARAMETERS);
            checkLayout();
            vocabulary = (int) number(whisper, "whisper_n_vocab", ADDRESS).invokeExact(context);
            startToken = (int) number(whisper, "whisper_token_sot", ADDRESS).invokeExact(context);
            endToken = (int) number(whisper, "whisper_token_eot", ADDRESS).invokeExact(context);
            noSpeechToken =
                    (int) number(whisper, "whisper_token_nosp", ADDRESS).invokeExact(context);
        } catch (IOException | RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw broken(failure);
        }
        parameters.set(JAVA_INT, THREADS, threads);
        parameters.set(JAVA_BYTE, NO_CONTEXT, (byte) 1);
        parameters.set(JAVA_BYTE, PRINT_PROGRESS, (byte) 0);
        parameters.set(JAVA_BYTE, SUPPRESS_NON_SPEECH, (byte) 1);
        // One pass. What has to be decoded again is decided outside.
        parameters.set(JAVA_FLOAT, TEMPERATURE_STEP, 0);
        parameters.set(JAVA_INT, BEST_OF, 1);
        parameters.set(JAVA_INT, BEAM, BEAM_SIZE);
        parameters.set(ADDRESS, ABORT, question());
    }

    /// A native function that asks whether to go on.
    private MemorySegment question() {
        try {
            MethodHandle asked =
                    MethodHandles.lookup()
                            .findVirtual(
                                    WhisperLibrary.class,
                                    "abandoned",
                                    MethodType.methodType(boolean.class, MemorySegment.class))
                            .bindTo(this);
            return LINKER.upcallStub(
                    asked, FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS), Arena.global());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("unused") // Called by whisper.cpp.
    private boolean abandoned(MemorySegment nothing) {
        abandoned |= abandon.getAsBoolean();
        return abandoned;
    }

    /// Has whisper-jni unpack its libraries into a folder of its own, which is gone again afterwards: what
    /// is loaded needs its file no more.
    private static SymbolLookup libraries() throws IOException {
        Path folder = Files.createTempDirectory("sandalphone-whisper-");
        String usual = Objects.requireNonNull(System.getProperty("java.io.tmpdir"));
        System.setProperty("java.io.tmpdir", folder.toString());
        try {
            WhisperJNI.loadLibrary();
        } catch (UnsatisfiedLinkError unusable) {
            throw new IOException("whisper.cpp does not load: " + unusable.getMessage(), unusable);
        } finally {
            System.setProperty("java.io.tmpdir", usual);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return SymbolLookup.loaderLookup();
    }

    /// Compares defaults that are known with what stands there, lest another version be called.
    private void checkLayout() throws IOException {
        boolean known =
                parameters.get(JAVA_FLOAT, LENGTH_PENALTY) == -1
                        && parameters.get(JAVA_FLOAT, ENTROPY_LIMIT) == 2.4f
                        && parameters.get(JAVA_FLOAT, NO_SPEECH_LIMIT) == 0.6f
                        && parameters.get(JAVA_INT, BEST_OF) == 5
                        && parameters.get(JAVA_INT, BEAM) == -1
                        && parameters.get(JAVA_FLOAT, PATIENCE) == -1
                        && parameters.get(JAVA_FLOAT, GRAMMAR_PENALTY) == 100;
        for (int at = CALLBACKS; at < CALLBACKS_END; at += Long.BYTES) {
            known &= parameters.get(ADDRESS, at).equals(MemorySegment.NULL);
        }
        if (!known) {
            throw new IOException("this is not the interface of whisper.cpp 1.7.1");
        }
    }

    private static MethodHandle number(
            SymbolLookup library, String name, MemoryLayout... arguments) {
        return function(library, name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static MethodHandle function(
            SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(library.findOrThrow(name), descriptor);
    }

    private static RuntimeException broken(Throwable failure) {
        return new IllegalStateException("a call into whisper.cpp failed", failure);
    }

    /// What was said in `sound`, mono at 16 kHz from -1 to 1, in `language`. The encoder looks at
    /// `audioContext` times 20 ms.
    WhisperHearing hear(float[] sound, String language, int audioContext, Search search) {
        return Objects.requireNonNull(hear(sound, language, audioContext, search, () -> false));
    }

    /// The same; but null when `abandon` said yes before it was done. It is asked after the encoder, which
    /// is most of the work, and after each token.
    @Nullable WhisperHearing hear(
            float[] sound,
            String language,
            int audioContext,
            Search search,
            BooleanSupplier abandon) {
        this.abandon = abandon;
        abandoned = false;
        try (var arena = Arena.ofConfined()) {
            parameters.set(JAVA_INT, AUDIO_CONTEXT, audioContext);
            parameters.set(ADDRESS, LANGUAGE, arena.allocateFrom(language));
            parameters.set(JAVA_INT, STRATEGY, search.strategy);
            MemorySegment samples = arena.allocateFrom(JAVA_FLOAT, sound);
            int answer = (int) full.invokeExact(context, parameters, samples, sound.length);
            if (answer != 0 && abandoned) {
                return null;
            }
            if (answer != 0) {
                throw new IllegalStateException("whisper_full answered " + answer);
            }
            var text = new StringBuilder();
            double sum = 0;
            int tokens = 0;
            int count = (int) segments.invokeExact(context);
            for (int segment = 0; segment < count; segment++) {
                text.append(text((MemorySegment) segmentText.invokeExact(context, segment)));
                int length = (int) segmentTokens.invokeExact(context, segment);
                for (int token = 0; token < length; token++) {
                    // Those above are times and the like.
                    if ((int) tokenId.invokeExact(context, segment, token) < endToken) {
                        sum +=
                                Math.log(
                                        (float)
                                                tokenProbability.invokeExact(
                                                        context, segment, token));
                        tokens++;
                    }
                }
            }
            return new WhisperHearing(
                    WhisperHearing.plain(text.toString()),
                    noSpeech(arena),
                    tokens == 0 ? 0 : sum / tokens);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw broken(failure);
        }
    }

    /// The probability of the token that means that nobody speaks, right at the beginning. The decoder
    /// still has what the encoder made of the sound.
    private double noSpeech(Arena arena) throws Throwable {
        MemorySegment start = arena.allocateFrom(JAVA_INT, startToken);
        int answer = (int) decode.invokeExact(context, start, 1, 0, threads);
        if (answer != 0) {
            throw new IllegalStateException("whisper_decode answered " + answer);
        }
        MemorySegment values =
                ((MemorySegment) logits.invokeExact(context))
                        .reinterpret((long) vocabulary * Float.BYTES);
        double highest = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < vocabulary; token++) {
            highest = Math.max(highest, values.getAtIndex(JAVA_FLOAT, token));
        }
        double all = 0;
        for (int token = 0; token < vocabulary; token++) {
            all += Math.exp(values.getAtIndex(JAVA_FLOAT, token) - highest);
        }
        return Math.exp(values.getAtIndex(JAVA_FLOAT, noSpeechToken) - highest) / all;
    }

    private static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
