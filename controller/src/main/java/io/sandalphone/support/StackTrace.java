package io.sandalphone.support;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of a stack trace can be shown: the names of exceptions, and the places in classes that exist. An exception's message can
/// hold anything, and stays where it is.
final class StackTrace {
    private static final Pattern FRAME =
            Pattern.compile(
                    "\\tat"
                        + " (?:[a-z.]+(?:@[0-9.]+)?/)?(?<class>[A-Za-z0-9_$.]+)\\.(?<method>[A-Za-z0-9_$<>]+)"
                        + "\\([A-Za-z0-9_]+\\.java(?<line>:[0-9]{1,5})?\\)");
    private static final Pattern CAUSE =
            Pattern.compile("(?:Caused by: )?(?<class>[a-z][A-Za-z0-9_$.]+)(?::.*)?");
    private static final Set<String> CONSTRUCTORS = Set.of("<init>", "<clinit>");
    private static final int MOST = 60;

    private StackTrace() {}

    /// Its lines, as far as they can be shown, at most 60.
    static List<String> shown(String text) {
        List<String> shown = new ArrayList<>();
        for (String line : text.split("\\R", -1)) {
            Matcher frame = FRAME.matcher(line);
            Matcher cause = CAUSE.matcher(line);
            if (frame.matches() && isMethod(frame.group("class"), frame.group("method"))) {
                String at = frame.group("line");
                shown.add(
                        "at "
                                + frame.group("class")
                                + "."
                                + (isLambda(frame.group("method"))
                                        ? "lambda"
                                        : frame.group("method"))
                                + (at == null ? "" : at));
            } else if (cause.matches() && isThrowable(cause.group("class"))) {
                shown.add(cause.group("class"));
            }
            if (shown.size() == MOST) {
                break;
            }
        }
        return shown;
    }

    private static boolean isMethod(String className, String method) {
        Class<?> type = exists(className);
        boolean named = !isLambda(method) && !CONSTRUCTORS.contains(method);
        return named ? hasMethod(type, method) : type != null;
    }

    private static boolean isLambda(String method) {
        return method.startsWith("lambda$");
    }

    private static boolean hasMethod(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(name));
        } catch (LinkageError _) {
            return false;
        }
    }

    private static boolean isThrowable(String className) {
        Class<?> type = exists(className);
        return type != null && Throwable.class.isAssignableFrom(type);
    }

    /// Found without running anything of it.
    private static @Nullable Class<?> exists(String className) {
        try {
            return Class.forName(className, false, StackTrace.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            return null;
        }
    }
}
