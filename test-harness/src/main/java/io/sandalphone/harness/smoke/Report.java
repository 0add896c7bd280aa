package io.sandalphone.harness.smoke;

import io.sandalphone.harness.smoke.Site.UnreachableException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What was found at a deployment so far.
final class Report {
    private final List<Finding> findings = new ArrayList<>();
    private final Consumer<Finding> reader;

    /// `reader` is told of each finding as it comes.
    Report(Consumer<Finding> reader) {
        this.reader = reader;
    }

    /// A try that may find nobody there.
    interface Try {
        Finding run(String tried) throws UnreachableException;
    }

    void add(Finding finding) {
        findings.add(finding);
        reader.accept(finding);
    }

    /// Returns whether anybody was there.
    boolean reach(String tried, Try attempt) {
        try {
            add(attempt.run(tried));
            return true;
        } catch (UnreachableException e) {
            add(Finding.wrong(tried, String.valueOf(e.getMessage())));
            return false;
        }
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /// Of a socket for which something else than a handshake or a refusal came.
    static Finding upgradeLost(String tried, int status) {
        return Finding.wrong(
                tried,
                status
                        + ": a proxy on the way loses the header Upgrade (carriers report 31920);"
                        + " have it pass WebSockets on");
    }
}
