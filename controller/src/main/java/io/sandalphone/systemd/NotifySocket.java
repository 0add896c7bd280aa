package io.sandalphone.systemd;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// A Unix datagram socket's address, for messages that nobody answers. Java itself has only stream
/// sockets of this family, so the C library is called: `socket(2)`, `sendto(2)`, `close(2)`. Linux.
///
/// Thread-safe.
@SuppressWarnings("restricted") // Calling the C library is what this class is for.
final class NotifySocket implements Predicate<String> {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    // Of sun_path in unix(7).
    private static final int LONGEST_PATH = 107;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SOCKET =
            function(
                    "socket",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO =
            function(
                    "sendto",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final byte[] path;

    /// `path` is that of the socket's file, or `@` and a name of the abstract namespace.
    NotifySocket(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > LONGEST_PATH) {
            throw new IllegalArgumentException(
                    "expected the path of a socket, 1 to " + LONGEST_PATH + " bytes long");
        }
        if (bytes[0] == '@') {
            bytes[0] = 0;
        }
        this.path = bytes;
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        SymbolLookup library = LINKER.defaultLookup();
        return LINKER.downcallHandle(library.findOrThrow(name), type);
    }

    /// Sends `message` without waiting; returns whether the other side has it.
    @Override
    public boolean test(String message) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
            // struct sockaddr_un: the family, then the path.
            int familyBytes = Short.BYTES;
            MemorySegment address = arena.allocate(familyBytes + LONGEST_PATH + 1L, Short.BYTES);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, familyBytes, path.length);
            int socket = (int) SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (socket < 0) {
                return false;
            }
            try {
                long sent =
                        (long)
                                SENDTO.invokeExact(
                                        socket,
                                        bytes,
                                        (long) text.length,
                                        MSG_DONTWAIT | MSG_NOSIGNAL,
                                        address,
                                        familyBytes + path.length);
                return sent == text.length;
            } finally {
                int _ = (int) CLOSE.invokeExact(socket);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the C library was not called", e);
        }
    }
}
