package io.sandalphone.providers.offline;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// A shared library of the machine's, by the name that its linker knows it by. Only a worker loads
/// one: a fault in native code ends the whole process. Thread-safe.
@SuppressWarnings("restricted") // Calling native code is this class's purpose.
record NativeLibrary(String name, SymbolLookup symbols) {
    private static final Linker LINKER = Linker.nativeLinker();

    /// Loads it for as long as the process lives. Null when it is not installed.
    static @Nullable NativeLibrary load(String name) {
        try {
            return new NativeLibrary(name, SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    MethodHandle function(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(symbols.findOrThrow(function), descriptor);
    }

    /// The text at `pointer`, empty for NULL.
    static String text(MemorySegment pointer) {
        return pointer.equals(MemorySegment.NULL)
                ? ""
                : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /// What a call of a function threw: our own failures as they are.
    static RuntimeException broken(Throwable failure) {
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException("a native call failed", failure);
    }
}
