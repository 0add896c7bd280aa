package io.sandalphone.app;

import io.sandalphone.config.Finding;
import io.sandalphone.media.vad.WebRtcVoiceDetector;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.telephony.asterisk.AsteriskCheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tries out what the settings name: the routes, Asterisk, every engine.
final class Doctor {
    private final Settings settings;
    private final Map<String, SpeechPort> engines;

    /// One thing that was found out about one part of the gateway.
    record Line(String part, Finding finding) {}

    /// `engines` by what they are used for.
    Doctor(Settings settings, Map<String, SpeechPort> engines) {
        this.settings = settings;
        this.engines = new LinkedHashMap<>(engines);
    }

    /// Blocks for as long as the slowest service takes, part by part.
    List<Line> run() throws InterruptedException {
        List<Line> lines = new ArrayList<>();
        int routes = settings.routes().size();
        lines.add(
                new Line(
                        "routes",
                        routes == 0
                                ? Finding.warning("routes", "none: nobody who calls is connected")
                                : Finding.ok(routes == 1 ? "one" : Integer.toString(routes))));
        lines.add(new Line("voice detector", voiceDetector()));
        add(lines, "asterisk", new AsteriskCheck(settings.asterisk()).check());
        for (Map.Entry<String, SpeechPort> engine : engines.entrySet()) {
            add(lines, engine.getKey(), engine.getValue().check());
        }
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

    private static void add(List<Line> lines, String part, List<Finding> findings) {
        findings.forEach(finding -> lines.add(new Line(part, finding)));
    }
}
