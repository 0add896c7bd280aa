package io.sandalphone.app;

import io.sandalphone.config.Finding;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.telephony.asterisk.AsteriskCheck;
import io.sandalphone.telephony.telnyx.TelnyxCarrier;
import io.sandalphone.telephony.telnyx.TelnyxCheck;
import io.sandalphone.telephony.twilio.TwilioCarrier;
import io.sandalphone.telephony.twilio.TwilioCheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tries out what the settings name: the routes, the carriers, every engine.
final class Doctor {
    private final Settings settings;
    private final Map<String, SpeechPort> engines;

    /// One thing that was found out about one part of the gateway.
    record Line(String part, Finding finding) {
        /// As it is printed.
        String text() {
            return "%-8s %-24s %s%s"
                    .formatted(
                            finding.kind().name().toLowerCase(Locale.ROOT),
                            part,
                            finding.message(),
                            finding.setting().isEmpty() ? "" : " [" + finding.setting() + "]");
        }
    }

    /// `engines` by what they are used for.
    Doctor(Settings settings, Map<String, SpeechPort> engines) {
        this.settings = settings;
        this.engines = new LinkedHashMap<>(engines);
    }

    /// Blocks for as long as the slowest service takes, part by part.
    List<Line> run() throws InterruptedException {
        List<Line> lines = new ArrayList<>(ownParts());
        lines.addAll(asterisk());
        lines.addAll(twilio());
        lines.addAll(telnyx());
        lines.addAll(engines());
        return lines;
    }

    /// What needs nobody else.
    List<Line> ownParts() {
        List<Line> lines = new ArrayList<>(SettingsReview.of(settings));
        lines.add(new Line("voice detector", voiceDetector()));
        return lines;
    }

    private Finding voiceDetector() {
        try {
            WebRtcVoiceDetector.load(settings.nativeFolder());
            return Finding.ok("its native library runs");
        } catch (IOException e) {
            return Finding.fault("native.folder", String.valueOf(e.getMessage()));
        }
    }

    List<Line> asterisk() throws InterruptedException {
        if (settings.asterisk().isEmpty()) {
            return List.of();
        }
        var check =
                new AsteriskCheck(
                        settings.asterisk().get(),
                        settings.limits().maxConcurrentCalls(),
                        settings.twilio().isPresent() || settings.telnyx().isPresent());
        return lines("asterisk", check.check());
    }

    private List<Line> twilio() throws InterruptedException {
        return settings.twilio().isEmpty()
                ? List.of()
                : lines(
                        TwilioCarrier.NAME,
                        new TwilioCheck(settings.twilio().get(), settings.streams(), dialled())
                                .check());
    }

    private List<Line> telnyx() throws InterruptedException {
        return settings.telnyx().isEmpty()
                ? List.of()
                : lines(
                        TelnyxCarrier.NAME,
                        new TelnyxCheck(settings.telnyx().get(), settings.streams(), dialled())
                                .check());
    }

    private Set<String> dialled() {
        return settings.limits().destinations().countries();
    }

    List<Line> engines() throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        // What each kind of engine is used for, and whether one of that kind can be used.
        Map<String, Boolean> uses = new LinkedHashMap<>();
        for (Map.Entry<String, SpeechPort> engine : engines.entrySet()) {
            List<Finding> findings = engine.getValue().check();
            lines.addAll(lines(engine.getKey(), findings));
            boolean usable =
                    engine.getValue().unavailableReason().isEmpty()
                            || findings.stream().allMatch(Doctor::isOk);
            uses.merge(engine.getKey().split(" ", 2)[0], usable, Boolean::logicalOr);
        }
        uses.forEach(
                (use, usable) -> {
                    // Behind those that do all at once the others stand.
                    if (!usable && !use.equals(SpeechSettings.key(Capability.DIRECT))) {
                        lines.add(new Line(use, noneOf(use)));
                    }
                });
        return lines;
    }

    private static boolean isOk(Finding finding) {
        return finding.kind() == Finding.Kind.OK;
    }

    private static Finding noneOf(String use) {
        return Finding.fault(
                "speech." + use,
                "none of these can be used: people would hear each other as they are");
    }

    private static List<Line> lines(String part, List<Finding> findings) {
        return findings.stream().map(finding -> new Line(part, finding)).toList();
    }
}
