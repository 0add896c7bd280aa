package io.sandalphone.harness.converse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.pairs.PairPhone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Proxy;

class RealPhoneTest {
    @Test
    @Timeout(20)
    void a_call_that_is_refused_is_not_waited_for() {
        PairPhone refused =
                (PairPhone)
                        Proxy.newProxyInstance(
                                PairPhone.class.getClassLoader(),
                                new Class<?>[] {PairPhone.class},
                                (_, method, _) ->
                                        switch (method.getName()) {
                                            case "isUp" -> false;
                                            case "endedNanos" -> 1L;
                                            default -> "client [ended]";
                                        });
        var told =
                assertThrows(IllegalStateException.class, () -> RealPhone.awaitAnswered(refused));
        assertEquals("the call was over before it could be had: client [ended]", told.getMessage());
    }
}
