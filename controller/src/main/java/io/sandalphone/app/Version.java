package io.sandalphone.app;

import picocli.CommandLine;

import java.util.Objects;

/// Which build this is, from the jar's manifest.
final class Version implements CommandLine.IVersionProvider {
    static String current() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "unpackaged");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"sandalphone " + current()};
    }
}
