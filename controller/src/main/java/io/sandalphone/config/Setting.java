package io.sandalphone.config;

import org.jspecify.annotations.Nullable;

/// A value that was read from a [Section], or the fact that it could not be read, in which case the
/// section has noted why and reading went on to find the other mistakes.
public final class Setting<T> {
    private final @Nullable T value;

    private Setting(@Nullable T value) {
        this.value = value;
    }

    static <T> Setting<T> of(T value) {
        return new Setting<>(value);
    }

    static <T> Setting<T> missing() {
        return new Setting<>(null);
    }

    /// The value. Only inside [Section#make] or after [Section#finish], which see to it that it is
    /// there.
    public T get() {
        if (value == null) {
            throw new Missing();
        }
        return value;
    }

    boolean isPresent() {
        return value != null;
    }

    /// Thrown where a value is used that could not be read; its mistake is noted already.
    static final class Missing extends RuntimeException {
        @java.io.Serial private static final long serialVersionUID = 1;

        Missing() {
            super("a setting was used that could not be read", null, false, false);
        }
    }
}
