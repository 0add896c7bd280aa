package io.sandalphone.media.vad;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The functions of libfvad (`fvad.h`), straight from the native library that `libfvad-jni` brings and loads. That jar's own Java methods
/// keep a copy of every frame for ever (320 bytes, 50 times a second for each speaker), and all detectors in one map without a lock.
///
/// A detector belongs to one thread at a time, and to nobody once it is freed: the library trusts whoever calls it.
@SuppressWarnings("restricted") // Calling the C library is what this class is for.
final class Libfvad {
    private static final Linker LINKER = Linker.nativeLinker();
    // Of the libraries that were loaded for this class's loader, which the jar's classes share.
    private static final SymbolLookup LIBRARY = SymbolLookup.loaderLookup();

    private static final MethodHandle NEW =
            function("fvad_new", FunctionDescriptor.of(ValueLayout.ADDRESS));
    private static final MethodHandle FREE =
            function("fvad_free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private static final MethodHandle SET_MODE = setter("fvad_set_mode");
    private static final MethodHandle SET_SAMPLE_RATE = setter("fvad_set_sample_rate");
    // It takes some microseconds and neither waits nor calls back: so the frame needs not be copied
    // out of the heap.
    private static final MethodHandle PROCESS =
            function(
                    "fvad_process",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));

    private Libfvad() {}

    private static MethodHandle setter(String name) {
        return function(
                name,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    private static MethodHandle function(
            String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, options);
    }

    /// A detector in `mode`, 0 to 3, for sound of so many samples a second: 8000, 16000, 32000 or 48000. Whoever makes it frees
    /// it.
    ///
    /// @throws IllegalArgumentException for another mode or rate
    static MemorySegment open(int mode, int rate) {
        MemorySegment detector = called(() -> (MemorySegment) NEW.invokeExact());
        if (detector.equals(MemorySegment.NULL)) {
            throw new OutOfMemoryError("no memory for a voice detector");
        }
        if (called(() -> (int) SET_MODE.invokeExact(detector, mode)) != 0
                || called(() -> (int) SET_SAMPLE_RATE.invokeExact(detector, rate)) != 0) {
            free(detector);
            throw new IllegalArgumentException("mode " + mode + ", " + rate + " Hz");
        }
        return detector;
    }

    /// Whether `detector` takes the next 10, 20 or 30 ms for speech.
    ///
    /// @throws IllegalArgumentException when the frame has another length
    static boolean process(MemorySegment detector, short[] pcm) {
        MemorySegment frame = MemorySegment.ofArray(pcm);
        int found = called(() -> (int) PROCESS.invokeExact(detector, frame, (long) pcm.length));
        if (found < 0) {
            throw new IllegalArgumentException("a frame of " + pcm.length + " samples");
        }
        return found == 1;
    }

    /// Gives back what `detector` took.
    static void free(MemorySegment detector) {
        called(
                () -> {
                    FREE.invokeExact(detector);
                    return detector;
                });
    }

    /// A call of a function, of which Java does not know that it throws nothing.
    private interface Call<T> {
        T make() throws Throwable;
    }

    private static <T> T called(Call<T> call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
