package io.sandalphone.providers.offline;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// SVOX Pico, called in this process through `libttspico`. Only the voice worker loads it. Thread-safe;
/// a speaker belongs to one thread at a time.
///
/// A Pico "system" has one engine and works in a block of memory that it is given, so each speaker has a
/// system for each language.
final class PicoLibrary implements VoiceLibrary {
    /// The library's name, the same in all releases of Debian and Ubuntu.
    static final String LIBRARY = "libttspico.so.0";

    private static final String NAME = "SVOX Pico";
    private static final int RATE = 16_000;

    private static final int OK = 0;
    private static final int STEP_IDLE = 200;
    private static final int STEP_BUSY = 201;
    private static final int RESET_FULL = 0;

    /// What a system may take; it uses about 2.5 MB, and what it does not touch costs nothing.
    private static final long MEMORY = 4 << 20;

    /// The longest name it returns.
    private static final int NAME_BYTES = 200;

    /// How loud it speaks, in percent of what is usual for it, which is about -9 dBov: 28 is -20 dBov.
    private static final int VOLUME = 28;

    /// Samples asked for in one step.
    private static final int STEP_SAMPLES = 1024;

    /// Samples handed over at a time: 20 ms.
    private static final int PIECE = 320;

    /// Before one of these it pauses for more than half a second.
    private static final Pattern OPENING_MARKS = Pattern.compile("[¿¡]");

    private static final byte[] VOICE = "voice\0".getBytes(StandardCharsets.US_ASCII);

    /// What it speaks, and of which files it is made.
    private enum Lingware {
        ENGLISH("en", "en-US_ta.bin", "en-US_lh0_sg.bin"),
        SPANISH("es", "es-ES_ta.bin", "es-ES_zl0_sg.bin");

        private final String language;
        private final String analysis;
        private final String signals;

        Lingware(String language, String analysis, String signals) {
            this.language = language;
            this.analysis = analysis;
            this.signals = signals;
        }

        List<String> files() {
            return List.of(analysis, signals);
        }
    }

    private final Path data;
    private final int wordsPerMinute;
    private final MethodHandle initialize;
    private final MethodHandle loadResource;
    private final MethodHandle resourceName;
    private final MethodHandle createVoice;
    private final MethodHandle addResource;
    private final MethodHandle newEngine;
    private final MethodHandle putText;
    private final MethodHandle getData;
    private final MethodHandle resetEngine;

    private PicoLibrary(NativeLibrary pico, Path data, int wordsPerMinute) {
        this.data = data;
        this.wordsPerMinute = wordsPerMinute;
        initialize =
                pico.function(
                        "pico_initialize",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
        loadResource =
                pico.function(
                        "pico_loadResource",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        resourceName =
                pico.function(
                        "pico_getResourceName",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        createVoice =
                pico.function(
                        "pico_createVoiceDefinition",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        addResource =
                pico.function(
                        "pico_addResourceToVoiceDefinition",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        newEngine =
                pico.function(
                        "pico_newEngine",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        putText =
                pico.function(
                        "pico_putTextUtf8",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_SHORT, ADDRESS));
        getData =
                pico.function(
                        "pico_getData",
                        FunctionDescriptor.of(
                                JAVA_INT, ADDRESS, ADDRESS, JAVA_SHORT, ADDRESS, ADDRESS));
        resetEngine =
                pico.function(
                        "pico_resetEngine", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    }

    /// What of the languages is not in the folder `data`.
    static List<Path> missing(Path data) {
        return Arrays.stream(Lingware.values())
                .flatMap(lingware -> lingware.files().stream())
                .map(data::resolve)
                .filter(file -> !Files.isReadable(file))
                .toList();
    }

    /// Loads it. Its languages' files are in the folder `data`.
    static PicoLibrary load(Path data, int wordsPerMinute) throws LibraryUnavailableException {
        var library = NativeLibrary.load(LIBRARY);
        if (library == null) {
            throw new LibraryUnavailableException(
                    Installation.sentence(LIBRARY, Installation.PICO_PACKAGE));
        }
        for (var file : missing(data)) {
            throw new LibraryUnavailableException(
                    Installation.sentence(file.toString(), Installation.PICO_DATA_PACKAGE));
        }
        return new PicoLibrary(library, data, wordsPerMinute);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> languages() {
        return Arrays.stream(Lingware.values()).map(lingware -> lingware.language).toList();
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public Speaker speaker() throws LibraryUnavailableException {
        Map<String, Engine> engines = new HashMap<>();
        for (var lingware : Lingware.values()) {
            engines.put(lingware.language, new Engine(lingware));
        }
        return (language, text, out) -> {
            var engine = engines.get(language);
            if (engine == null) {
                throw new IllegalArgumentException("Pico does not speak " + language);
            }
            engine.speak(text, out);
        };
    }

    private static void check(int status, String function) {
        if (status != OK) {
            throw new IllegalStateException(function + " answered " + status);
        }
    }

    /// One language of one speaker.
    private final class Engine {
        private final MemorySegment engine;
        private final MemorySegment sound = Arena.global().allocate(JAVA_SHORT, STEP_SAMPLES);

        /// How many bytes a call took or gave, and of which kind.
        private final MemorySegment count = Arena.global().allocate(JAVA_SHORT);

        private final MemorySegment kind = Arena.global().allocate(JAVA_SHORT);

        Engine(Lingware lingware) throws LibraryUnavailableException {
            var memory = Arena.global().allocate(MEMORY, ADDRESS.byteAlignment());
            try (var arena = Arena.ofConfined()) {
                var handle = arena.allocate(ADDRESS);
                var voice = arena.allocateFrom(JAVA_BYTE, VOICE);
                var name = arena.allocate(NAME_BYTES);
                check(
                        (int) initialize.invokeExact(memory, (int) MEMORY, handle),
                        "pico_initialize");
                var system = handle.get(ADDRESS, 0);
                check((int) createVoice.invokeExact(system, voice), "pico_createVoiceDefinition");
                for (String file : lingware.files()) {
                    var path = arena.allocateFrom(data.resolve(file).toString());
                    check(
                            (int) loadResource.invokeExact(system, path, handle),
                            "pico_loadResource");
                    check(
                            (int) resourceName.invokeExact(system, handle.get(ADDRESS, 0), name),
                            "pico_getResourceName");
                    check(
                            (int) addResource.invokeExact(system, voice, name),
                            "pico_addResourceToVoiceDefinition");
                }
                check((int) newEngine.invokeExact(system, voice, handle), "pico_newEngine");
                engine = handle.get(ADDRESS, 0);
            } catch (IllegalStateException refused) {
                throw new LibraryUnavailableException(
                        "Pico does not take its files: " + refused.getMessage());
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        void speak(String text, Out out) {
            byte[] bytes = marked(text).getBytes(StandardCharsets.UTF_8);
            try (var arena = Arena.ofConfined()) {
                // The NUL at the end says that nothing follows.
                var input = arena.allocate(bytes.length + 1L);
                MemorySegment.copy(bytes, 0, input, JAVA_BYTE, 0, bytes.length);
                var piece = new Piece(out);
                long put = 0;
                boolean wanted = true;
                while (wanted && put < input.byteSize()) {
                    put += put(input.asSlice(put));
                    wanted = drain(piece);
                }
                if (wanted) {
                    piece.finish();
                }
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            } finally {
                reset();
            }
        }

        /// Forgets the phrase, what is left of it to say, and where the noise in its sounds had got to: the
        /// same words always sound the same. A soft reset keeps the last.
        private void reset() {
            try {
                check((int) resetEngine.invokeExact(engine, RESET_FULL), "pico_resetEngine");
            } catch (Throwable failure) {
                throw NativeLibrary.broken(failure);
            }
        }

        /// How fast and how loud, in percent of what is usual for it.
        private String marked(String text) {
            return "<speed level=\"%d\"><volume level=\"%d\">%s</volume></speed>"
                    .formatted(
                            wordsPerMinute * 100 / OfflineSettings.USUAL_WORDS_PER_MINUTE,
                            VOLUME,
                            OPENING_MARKS.matcher(text).replaceAll(" "));
        }

        private int put(MemorySegment input) throws Throwable {
            short most = (short) Math.min(input.byteSize(), Short.MAX_VALUE);
            check((int) putText.invokeExact(engine, input, most, count), "pico_putTextUtf8");
            short taken = count.get(JAVA_SHORT, 0);
            if (taken <= 0) {
                throw new IllegalStateException("pico_putTextUtf8 took nothing");
            }
            return taken;
        }

        /// Speaks what was put. False when no more is wanted.
        private boolean drain(Piece piece) throws Throwable {
            int status = STEP_BUSY;
            while (status == STEP_BUSY) {
                status =
                        (int)
                                getData.invokeExact(
                                        engine, sound, (short) (2 * STEP_SAMPLES), count, kind);
                if (status != STEP_BUSY && status != STEP_IDLE) {
                    throw new IllegalStateException("pico_getData answered " + status);
                }
                int samples = count.get(JAVA_SHORT, 0) / 2;
                if (samples > 0 && !piece.add(sound, samples)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Collects the small steps into pieces.
    private static final class Piece {
        private final Out out;
        private short[] pcm = new short[PIECE];
        private int filled;

        Piece(Out out) {
            this.out = out;
        }

        boolean add(MemorySegment sound, int samples) {
            int at = 0;
            while (at < samples) {
                int part = Math.min(samples - at, PIECE - filled);
                MemorySegment.copy(sound, JAVA_SHORT_UNALIGNED, 2L * at, pcm, filled, part);
                at += part;
                filled += part;
                if (filled == PIECE) {
                    var full = pcm;
                    pcm = new short[PIECE];
                    filled = 0;
                    if (!out.accept(full)) {
                        return false;
                    }
                }
            }
            return true;
        }

        void finish() {
            if (filled > 0) {
                out.accept(Arrays.copyOf(pcm, filled));
            }
        }
    }
}
