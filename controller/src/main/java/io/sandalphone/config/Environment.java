package io.sandalphone.config;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts environment variables into text: `${NAME}`, or `${NAME:-default}` where the default stands
/// in for a variable that is unset or empty; and credentials, `${credential:NAME}`: what the file NAME
/// holds in the folder that the variable `CREDENTIALS_DIRECTORY` names, where systemd puts what a unit
/// has `LoadCredential=` for. `$${` is a plain `${`.
final class Environment {
    private static final Pattern REFERENCE =
            Pattern.compile(
                    "\\$\\$\\{|\\$\\{credential:([a-z0-9][a-z0-9.-]*)}"
                            + "|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}|\\$\\{");

    // Null when text is left as it is.
    private final @Nullable Map<String, String> variables;

    private Environment(@Nullable Map<String, String> variables) {
        this.variables = variables;
    }

    static Environment of(Map<String, String> variables) {
        return new Environment(Map.copyOf(variables));
    }

    /// Leaves text as it is.
    static Environment plain() {
        return new Environment(null);
    }

    /// Whether something would be put into `text`.
    static boolean isAskedBy(String text) {
        return REFERENCE.matcher(text).results().anyMatch(found -> !found.group().equals("$${"));
    }

    /// A reference that cannot be put in; the message says which one and nothing of the text
    /// around it.
    static final class Unresolved extends Exception {
        @java.io.Serial private static final long serialVersionUID = 1;

        Unresolved(String found) {
            super(found);
        }
    }

    String expand(String text) throws Unresolved {
        if (variables == null) {
            return text;
        }
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(
                    expanded, Matcher.quoteReplacement(replacement(reference, variables)));
        }
        return reference.appendTail(expanded).toString();
    }

    private static String replacement(Matcher reference, Map<String, String> variables)
            throws Unresolved {
        if (reference.group().equals("$${")) {
            return "${";
        }
        if (reference.group(1) != null) {
            return credential(reference.group(1), variables.get("CREDENTIALS_DIRECTORY"));
        }
        String name = reference.group(2);
        if (name == null) {
            throw new Unresolved("a ${ that is no ${NAME}, ${NAME:-default} or ${credential:NAME}");
        }
        String value = variables.get(name);
        String fallback = reference.group(4);
        if (fallback != null) {
            return value == null || value.isEmpty() ? fallback : value;
        }
        if (value == null) {
            throw new Unresolved("the environment variable " + name + ", which is not set");
        }
        return value;
    }

    /// Without the line break at its end, which an editor leaves there.
    private static String credential(String name, @Nullable String folder) throws Unresolved {
        if (folder == null || folder.isEmpty()) {
            throw new Unresolved(
                    "the credential " + name + ", and no CREDENTIALS_DIRECTORY to find it in");
        }
        try {
            return Files.readString(Path.of(folder, name)).stripTrailing();
        } catch (IOException e) {
            throw new Unresolved("the credential " + name + ", which cannot be read");
        }
    }
}
