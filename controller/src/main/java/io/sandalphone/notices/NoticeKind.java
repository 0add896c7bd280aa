package io.sandalphone.notices;

import java.util.Locale;

/// What an operator is told of. The names are part of what is sent, and of metrics.
public enum NoticeKind {
    /// The day has cost what it may.
    COST_CAP(
            Patience.NONE,
            "the day has cost what it may, calls go on untranslated until midnight",
            "a new day has begun, calls are translated again"),
    /// An engine or a carrier does not work.
    PROVIDER_DOWN(Patience.BOTH, "a provider does not work", "the provider works again"),
    /// Asterisk is not registered at its trunk.
    REGISTRATION_LOST(
            Patience.BOTH,
            "the trunk's registration is lost, no call arrives by it",
            "the trunk is registered again"),
    /// A listener's certificate should have been renewed by now.
    CERTIFICATE_ENDING(
            Patience.NONE,
            "a certificate is about to end and was not renewed",
            "the certificate was renewed"),
    /// Little room is left where the gateway, or its log, writes.
    DISK_NEARLY_FULL(Patience.END, "a disk is nearly full", "there is room on the disk again"),
    /// Callers are turned away because a limit is reached.
    CALLS_REFUSED(
            Patience.END,
            "calls are refused because a limit is reached",
            "no more calls were refused for a while"),
    /// People talk on without an interpreter.
    CALLS_UNTRANSLATED(
            Patience.END,
            "a call goes on untranslated",
            "no more calls went on untranslated for a while");

    /// Which changes must have lasted for [NoticeSettings#after] before they are told.
    enum Patience {
        NONE,
        END,
        BOTH
    }

    private final Patience patience;
    private final String sentence;
    private final String over;

    NoticeKind(Patience patience, String sentence, String over) {
        this.patience = patience;
        this.sentence = sentence;
        this.over = over;
    }

    /// Whether it is told only when it has lasted.
    boolean mustLast() {
        return patience == Patience.BOTH;
    }

    /// Whether its end is told only when that has lasted.
    boolean endMustLast() {
        return patience != Patience.NONE;
    }

    /// What is the matter, for people: always the same sentence.
    String sentence(Notice.State state) {
        return switch (state) {
            case RAISED, REPEATED -> sentence;
            case OVER -> over;
        };
    }

    /// As it is written in JSON, in the log and in metrics: `cost-cap`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
