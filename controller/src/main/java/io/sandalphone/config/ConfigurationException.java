package io.sandalphone.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration cannot be used. Holds every mistake that was found; the message has one line
/// for each, and no secret.
public final class ConfigurationException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    // Not needed on the other side of a serialization, which never happens.
    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public String getMessage() {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
