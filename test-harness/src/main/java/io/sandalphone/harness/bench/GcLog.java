package io.sandalphone.harness.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The pauses that a virtual machine reports with [#option].
final class GcLog {
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms$");
    private static final Pattern HEAP = Pattern.compile("->(\\d+)M\\(");

    private final Path file;

    GcLog(Path file) {
        this.file = file;
    }

    /// Makes a virtual machine write it. Phases are in it for the collectors whose pauses are phases.
    String option() {
        return "-Xlog:gc,gc+phases:file=" + file + "::filecount=0";
    }

    /// How many lines there are so far.
    int lines() throws IOException {
        return Files.readAllLines(file).size();
    }

    /// The pauses from line `from` on, up to line `to`.
    Distribution pauses(int from, int to) throws IOException {
        return Distribution.ofNanos(
                Files.readAllLines(file).subList(from, to).stream()
                        .map(PAUSE::matcher)
                        .filter(Matcher::find)
                        .mapToLong(pause -> (long) (Double.parseDouble(pause.group(1)) * 1e6))
                        .toArray());
    }

    /// How many megabytes of the heap the last collection left in use; 0 when there was none.
    long heapMegabytes() throws IOException {
        List<String> left =
                Files.readAllLines(file).stream()
                        .map(HEAP::matcher)
                        .filter(Matcher::find)
                        .map(matcher -> matcher.group(1))
                        .toList();
        return left.isEmpty() ? 0 : Long.parseLong(left.getLast());
    }
}
