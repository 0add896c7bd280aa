package io.sandalphone.harness.lab;

import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What all tests of a class share and must be closed: made when one of them first asks for it, and closed when the
/// class has run. A class may run again in the same process, as it does when a failed test is tried once more;
/// then it is made anew. Thread-safe.
///
/// A static field holds it, annotated as an extension:
/// ```java
/// @RegisterExtension
/// private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();
/// ```
public final class SharedByClass<T> implements AfterAllCallback {
    private final Supplier<T> make;
    private final Closer<T> closer;
    private @Nullable T made;

    /// Closes what a class shared.
    @FunctionalInterface
    public interface Closer<T> {
        void close(T shared) throws Exception;
    }

    public SharedByClass(Supplier<T> make, Closer<T> closer) {
        this.make = make;
        this.closer = closer;
    }

    /// Whatever listens or runs on it ends with it.
    public static SharedByClass<Vertx> vertx() {
        return new SharedByClass<>(
                Vertx::vertx, vertx -> vertx.close().await(10, TimeUnit.SECONDS));
    }

    public synchronized T get() {
        T there = made;
        if (there == null) {
            there = make.get();
            made = there;
        }
        return there;
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) throws Exception {
        T there = made;
        made = null;
        if (there != null) {
            closer.close(there);
        }
    }
}
