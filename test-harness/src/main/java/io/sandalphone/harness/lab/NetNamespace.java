package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network namespace of this machine, in which both processes and single threads of this JVM can
/// live: sockets they open belong to it. Needs root.
///
/// Names carry the id of the JVM that made them (`sp<pid>-<name>`), so two runs side by side do not
/// meet, and [#sweep] removes what runs that were killed have left.
///
/// Thread-safe.
public final class NetNamespace implements Network, AutoCloseable {
    private static final Path FOLDER = Path.of("/run/netns");
    private static final Pattern OURS = Pattern.compile("sp(\\d+)-.+");
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name;
    private final boolean owned;

    private NetNamespace(String name, boolean owned) {
        this.name = name;
        this.owned = owned;
    }

    /// A new namespace with its loopback up. `role` is a short word such as `carrier`.
    public static NetNamespace create(String role) {
        String name =
                "sp%d-%d-%s".formatted(ProcessHandle.current().pid(), MADE.incrementAndGet(), role);
        Command.run("ip", "netns", "add", name);
        var namespace = new NetNamespace(name, true);
        try {
            Command.run(namespace.command("ip", "link", "set", "lo", "up"));
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
        return namespace;
    }

    /// A namespace somebody else made, by its full name. Closing it leaves it alone.
    public static NetNamespace attach(String name) {
        if (!Files.exists(FOLDER.resolve(name))) {
            throw new IllegalArgumentException("no network namespace named " + name);
        }
        return new NetNamespace(name, false);
    }

    /// Deletes the namespaces whose makers no longer run, and ends the processes left in them.
    public static void sweep() {
        if (!Files.isDirectory(FOLDER)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(FOLDER)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                Matcher ours = OURS.matcher(name);
                if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                    Command.run("ip", "netns", "pids", name)
                            .lines()
                            .forEach(pid -> Command.attempt(List.of("kill", "-KILL", pid)));
                    Command.run("ip", "netns", "delete", name);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The full name, as `ip netns` lists it.
    public String name() {
        return name;
    }

    /// The command line that runs `words` inside the namespace.
    public List<String> command(String... words) {
        return command(List.of(words));
    }

    @Override
    public List<String> command(List<String> words) {
        var line = new ArrayList<>(List.of("ip", "netns", "exec", name));
        line.addAll(words);
        return List.copyOf(line);
    }

    /// Joins this namespace to another by a pair of virtual network cards. Both addresses are IPv4
    /// with prefix length: `10.77.0.1/24`.
    public void connect(String ownAddress, NetNamespace other, String otherAddress) {
        Command.run(
                command(
                        "ip",
                        "link",
                        "add",
                        "lab0",
                        "type",
                        "veth",
                        "peer",
                        "name",
                        "lab0",
                        "netns",
                        other.name));
        bringUp(this, ownAddress);
        bringUp(other, otherAddress);
    }

    /// Adds an address, with its prefix length, to its end of the pair.
    public void addAddress(String address) {
        Command.run(command("ip", "address", "add", address, "dev", "lab0"));
    }

    private static void bringUp(NetNamespace namespace, String address) {
        Command.run(namespace.command("ip", "address", "add", address, "dev", "lab0"));
        Command.run(namespace.command("ip", "link", "set", "lab0", "up"));
    }

    /// Runs `task` to its end on a fresh thread inside the namespace. Threads started by it live
    /// there too, as Linux has it, but virtual threads may run anywhere.
    @Override
    public <T> T call(Callable<T> task) throws Exception {
        var result = new CompletableFuture<T>();
        threadFactory()
                .newThread(
                        () -> {
                            try {
                                result.complete(task.call());
                            } catch (Throwable e) {
                                result.completeExceptionally(e);
                            }
                        })
                .start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// Makes daemon platform threads that live inside the namespace; for executors, event loops.
    @Override
    public ThreadFactory threadFactory() {
        return task ->
                Thread.ofPlatform()
                        .name(name)
                        .daemon()
                        .unstarted(
                                () -> {
                                    enter();
                                    task.run();
                                });
    }

    /// Moves the calling platform thread, for the rest of its life, into the namespace.
    private void enter() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linux.ERRNO);
            MemorySegment path = arena.allocateFrom(FOLDER.resolve(name).toString());
            int handle = (int) Linux.OPEN.invokeExact(errno, path, Linux.O_RDONLY_CLOEXEC);
            Linux.check(handle, "open " + name, errno);
            try {
                int entered = (int) Linux.SETNS.invokeExact(errno, handle, Linux.CLONE_NEWNET);
                Linux.check(entered, "setns " + name, errno);
            } finally {
                int _ = (int) Linux.CLOSE.invokeExact(handle);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// Deletes the namespace, if it was made here. Processes still in it keep it until they end.
    @Override
    public void close() {
        if (owned && Files.exists(FOLDER.resolve(name))) {
            Command.run("ip", "netns", "delete", name);
        }
    }

    /// The three system calls it takes; see setns(2).
    private static final class Linux {
        static final int CLONE_NEWNET = 0x40000000;
        static final int O_RDONLY_CLOEXEC = 0x80000;
        static final StructLayout ERRNO = Linker.Option.captureStateLayout();
        static final MethodHandle OPEN =
                bind(
                        "open",
                        true,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                        Linker.Option.firstVariadicArg(2));
        static final MethodHandle SETNS =
                bind(
                        "setns",
                        true,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE =
                bind(
                        "close",
                        false,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        private static final VarHandle ERRNO_VALUE =
                ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        @SuppressWarnings("restricted") // calling into libc is what this class is for
        private static MethodHandle bind(
                String symbol, boolean errno, FunctionDescriptor type, Linker.Option... more) {
            var options = new ArrayList<>(List.of(more));
            if (errno) {
                options.add(Linker.Option.captureCallState("errno"));
            }
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(symbol),
                    type,
                    options.toArray(Linker.Option[]::new));
        }

        static void check(int result, String what, MemorySegment errno) {
            if (result < 0) {
                throw new IllegalStateException(
                        what + " failed, errno " + (int) ERRNO_VALUE.get(errno, 0L));
            }
        }
    }
}
