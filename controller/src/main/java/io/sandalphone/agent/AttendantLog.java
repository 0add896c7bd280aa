package io.sandalphone.agent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What conversations with agents leave in the log: never what was said.
final class AttendantLog {
    private static final Logger log = LoggerFactory.getLogger(Attendant.class);

    private AttendantLog() {}

    static void began(String callId, AgentSettings settings, String brain) {
        log.atInfo()
                .addKeyValue("call", callId)
                .addKeyValue("agent", settings.name())
                .addKeyValue("language", settings.language())
                .addKeyValue("brain", brain)
                .log("agent answers");
    }

    static void answerFailed(String callId, Throwable why) {
        log.atWarn().addKeyValue("call", callId).setCause(why).log("agent could not answer");
    }

    static void notPrepared(String callId, Throwable why) {
        log.atWarn()
                .addKeyValue("call", callId)
                .setCause(why)
                .log("what an agent says when all else fails could not be voiced");
    }

    static void recognitionFailed(String callId, Throwable why) {
        log.atWarn().addKeyValue("call", callId).setCause(why).log("agent hears nothing");
    }
}
