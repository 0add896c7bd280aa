package io.sandalphone.harness.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// What was tried for one item, and what of it was not withstood. Thread-safe.
public final class Tries {
    private static final int SHOWN = 3;
    private static final int LONGEST = 300;

    private final List<String> broken = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int withstood;

    /// A try that the gateway withstood.
    public synchronized void withstood() {
        withstood++;
    }

    /// A try that it did not: how it went about, and what happened.
    public synchronized void broken(String variant, String happened) {
        broken.add(oneLine(variant) + ": " + oneLine(happened));
    }

    /// One or the other. `happened` is asked for when it was not withstood.
    public void check(String variant, boolean withstood, Supplier<String> happened) {
        if (withstood) {
            withstood();
        } else {
            broken(variant, happened.get());
        }
    }

    /// A step of a variant that may throw: then it was not withstood.
    public void attempt(String variant, Step step) {
        try {
            step.run();
            withstood();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken(variant, "interrupted");
        } catch (Exception | AssertionError e) {
            broken(variant, message(e));
        }
    }

    /// What belongs beside the count of tries, such as something measured.
    public synchronized void note(String note) {
        notes.add(oneLine(note));
    }

    /// Whether everything that was tried was withstood, and something was.
    public synchronized boolean ok() {
        return broken.isEmpty() && withstood > 0;
    }

    /// Everything that was not withstood.
    public synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    /// What happened, in one line.
    public synchronized String happened() {
        int all = withstood + broken.size();
        List<String> parts = new ArrayList<>();
        if (all == 0) {
            parts.add("nothing was tried");
        } else if (broken.isEmpty()) {
            parts.add(all == 1 ? "withstood" : "withstood " + all + " tries");
        } else {
            parts.add("%d of %d tries not withstood".formatted(broken.size(), all));
            parts.addAll(broken.subList(0, Math.min(SHOWN, broken.size())));
            if (broken.size() > SHOWN) {
                parts.add("%d more".formatted(broken.size() - SHOWN));
            }
        }
        parts.addAll(notes);
        return String.join("; ", parts);
    }

    /// What an exception says, and of one without a message its kind.
    static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || failure instanceof NullPointerException
                ? failure + " at " + List.of(failure.getStackTrace()).getFirst()
                : message;
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " | ");
        StringBuilder visible = new StringBuilder();
        line.codePoints()
                .limit(LONGEST)
                .forEach(
                        each -> {
                            if (Character.isISOControl(each)) {
                                visible.append(String.format(Locale.ROOT, "\\x%02x", each));
                            } else {
                                visible.appendCodePoint(each);
                            }
                        });
        return line.codePointCount(0, line.length()) > LONGEST ? visible + "…" : visible.toString();
    }

    /// A step of a variant.
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }
}
