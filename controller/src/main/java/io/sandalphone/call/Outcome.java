package io.sandalphone.call;

import java.util.Locale;

/// How a call ended: the same two words in the log, the metric and the live view.
public record Outcome(Result result, Reason reason) {
    /// What became of it.
    public enum Result {
        /// Two people were joined and the call ended as calls do.
        COMPLETED,
        /// The two were never joined, by somebody's choice or absence.
        NOT_CONNECTED,
        /// We did not take it.
        REFUSED,
        /// Something broke.
        FAILED;

        /// As written in logs and metrics: `not-connected`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Why.
    public enum Reason {
        CALLER_HUNG_UP,
        DESTINATION_HUNG_UP,
        OPERATOR_HUNG_UP,
        AGENT_HUNG_UP,
        AGENT_FAILED,
        COST_LIMIT,
        TIME_LIMIT,
        SILENCE,
        CALLER_BUSY,
        CALLER_NO_ANSWER,
        CALLER_DECLINED,
        CALLER_UNREACHABLE,
        DESTINATION_BUSY,
        DESTINATION_NO_ANSWER,
        DESTINATION_DECLINED,
        DESTINATION_UNREACHABLE,
        UNKNOWN_NUMBER,
        EMERGENCY_NUMBER,
        CLOSED,
        CALL_LIMIT,
        CALLER_DAILY_LIMIT,
        DESTINATION_DAILY_LIMIT,
        CALLER_NOT_ALLOWED,
        CALLER_TOO_OFTEN,
        ROUTING_LOOP,
        DRAINING,
        CARRIER_LOST,
        CARRIER_REFUSED,
        TAKEN_OVER,
        INTERNAL_ERROR,
        LEFT_TO_CARRIER,
        SHUTDOWN;

        /// As written in logs and metrics: `caller-hung-up`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
