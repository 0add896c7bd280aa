package io.sandalphone.harness.converse;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.pairs.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

/// A conversation of the harness on the real Asterisk.
@RealAsterisk
@Timeout(600)
class AsteriskConversationTest {
    @Test
    void a_caller_asks_is_answered_and_hung_up_on_in_spanish(AsteriskHost host) throws Exception {
        TelephoneConversation.comesToPass(Kind.SIP, Optional.of(host), "es-opening-hours");
    }
}
