package io.sandalphone.harness.converse;

import io.sandalphone.harness.pairs.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

/// A conversation of the harness over a simulated carrier.
@Timeout(600)
class CarrierConversationTest {
    @Test
    void a_caller_asks_is_answered_and_hung_up_on_in_english() throws Exception {
        TelephoneConversation.comesToPass(Kind.TWILIO, Optional.empty(), "en-opening-hours");
    }

    @Test
    void a_caller_leaves_a_message_that_is_delivered_and_signed() throws Exception {
        TelephoneConversation.comesToPass(
                Kind.TWILIO, Optional.empty(), "en-leaves-a-short-message");
    }
}
