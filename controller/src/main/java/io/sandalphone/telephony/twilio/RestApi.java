package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.FormParameters;

/// The few requests of Twilio's REST interface that calls need. Each blocks, is sent at most once, and
/// throws nothing but `InterruptedException`.
interface RestApi extends AutoCloseable {
    /// Begins a call.
    RestAnswer createCall(FormParameters form) throws InterruptedException;

    /// Changes a call: ends it, or gives it another document.
    RestAnswer updateCall(String callSid, FormParameters form) throws InterruptedException;

    /// Says how it stands with a call.
    Standing standing(String callSid) throws InterruptedException;

    /// Sends nothing any more.
    @Override
    default void close() {}
}
