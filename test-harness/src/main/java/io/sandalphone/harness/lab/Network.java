package io.sandalphone.harness.lab;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;

/// A network that processes and single threads of this JVM can live in: a namespace of its own, or the
/// machine's.
public interface Network {
    /// The machine's own, for what needs no root.
    static Network ofThisMachine() {
        return new Network() {
            @Override
            public List<String> command(List<String> words) {
                return words;
            }

            @Override
            public ThreadFactory threadFactory() {
                return Thread.ofPlatform().daemon().factory();
            }

            @Override
            public <T> T call(Callable<T> task) throws Exception {
                return task.call();
            }
        };
    }

    /// The command line that runs `words` inside it.
    List<String> command(List<String> words);

    /// Makes daemon platform threads that live inside it.
    ThreadFactory threadFactory();

    /// Runs `task` to its end inside it.
    <T> T call(Callable<T> task) throws Exception;
}
