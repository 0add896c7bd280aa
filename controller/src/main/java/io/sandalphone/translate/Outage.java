package io.sandalphone.translate;

import io.sandalphone.telephony.Party;

import java.util.EnumSet;
import java.util.Set;

/// Keeps what one lane lacks, and tells when that changes. Runs on the call's loop.
final class Outage {
    private final Party speaker;
    private final InterpreterListener listener;
    private final Set<Stage> lacking = EnumSet.noneOf(Stage.class);

    Outage(Party speaker, InterpreterListener listener) {
        this.speaker = speaker;
        this.listener = listener;
    }

    void lost(Stage stage) {
        if (lacking.add(stage)) {
            tell();
        }
    }

    void back(Stage stage) {
        if (lacking.remove(stage)) {
            tell();
        }
    }

    boolean lacks(Stage stage) {
        return lacking.contains(stage);
    }

    /// Nothing is lacking any more.
    void over() {
        if (!lacking.isEmpty()) {
            lacking.clear();
            tell();
        }
    }

    private void tell() {
        listener.availability(new Availability(speaker, lacking));
    }
}
