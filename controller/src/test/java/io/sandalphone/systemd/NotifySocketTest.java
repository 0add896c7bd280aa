package io.sandalphone.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

@Timeout(30)
class NotifySocketTest {
    @TempDir private Path folder;

    @Test
    void whoever_listens_at_a_path_has_the_message() throws Throwable {
        String path = folder.resolve("notify").toString();
        try (var listener = new Listener(path)) {
            assertTrue(new NotifySocket(path).test("READY=1\nSTATUS=çalls"));
            assertEquals("READY=1\nSTATUS=çalls", listener.receive());
        }
    }

    @Test
    void an_at_sign_begins_a_name_of_the_abstract_namespace() throws Throwable {
        String name = "sandalphone-test-" + ProcessHandle.current().pid();
        try (var listener = new Listener('\0' + name)) {
            assertTrue(new NotifySocket("@" + name).test("WATCHDOG=1"));
            assertEquals("WATCHDOG=1", listener.receive());
        }
    }

    @Test
    void without_a_listener_it_says_so() {
        assertFalse(new NotifySocket(folder.resolve("none").toString()).test("READY=1"));
    }

    /// The other side: a bound datagram socket.
    @SuppressWarnings("restricted") // Calling the C library is what this class is for.
    private static final class Listener implements AutoCloseable {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final int LONGEST = 1_000;

        private final int socket;

        Listener(String path) throws Throwable {
            socket = (int) function("socket", 3).invokeExact(1, 2, 0);
            try (Arena arena = Arena.ofConfined()) {
                byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
                MemorySegment address = arena.allocate(2L + bytes.length, 2);
                address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
                MemorySegment.copy(bytes, 0, address, ValueLayout.JAVA_BYTE, 2, bytes.length);
                MethodHandle bind =
                        LINKER.downcallHandle(
                                LINKER.defaultLookup().findOrThrow("bind"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_INT));
                assertEquals(0, (int) bind.invokeExact(socket, address, 2 + bytes.length));
            }
        }

        String receive() throws Throwable {
            MethodHandle recv =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().findOrThrow("recv"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(LONGEST);
                long length = (long) recv.invokeExact(socket, buffer, (long) LONGEST, 0);
                byte[] text = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
                return new String(text, StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() {
            try {
                int _ = (int) function("close", 1).invokeExact(socket);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        private static MethodHandle function(String name, int integers) {
            var type = FunctionDescriptor.of(ValueLayout.JAVA_INT);
            for (int i = 0; i < integers; i++) {
                type = type.appendArgumentLayouts(ValueLayout.JAVA_INT);
            }
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
        }
    }
}
