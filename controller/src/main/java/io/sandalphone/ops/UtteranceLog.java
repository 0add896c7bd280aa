package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.CallObserver;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Locale;

/// A line in the log for each utterance that was heard in the other language, with what its time was spent on: the names of the spans,
/// in milliseconds. No words.
public final class UtteranceLog implements CallObserver {
    private static final Logger log = LoggerFactory.getLogger(UtteranceLog.class);

    @Override
    public void on(CallEvent event) {
        if (event instanceof CallEvent.Caption caption
                && caption.timing().audioEnd() != null
                && caption.timing().spans() != null) {
            var line =
                    log.atInfo()
                            .addKeyValue("call", caption.callId())
                            .addKeyValue("speaker", caption.speaker())
                            .addKeyValue("utterance", caption.utterance());
            for (var span : caption.timing().spans().durations().entrySet()) {
                line =
                        line.addKeyValue(
                                span.getKey().name().toLowerCase(Locale.ROOT) + "_ms",
                                span.getValue());
            }
            line.log("utterance was heard");
        }
    }
}
