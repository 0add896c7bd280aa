package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

/// What is dialled by the trunk's second point of presence.
class SecondPopTest {
    private final SecondPop pop = new SecondPop();

    @ParameterizedTest
    @CsvSource({
        "3, true",
        "18, true",
        "20, true",
        "34, true",
        "1, false",
        "16, false",
        "17, false",
        "19, false",
        "21, false"
    })
    void only_what_went_nowhere_is_dialled_again(int cause, boolean again) {
        pop.isThere(true);
        assertEquals(
                again ? Optional.of("PJSIP/+525512345678@voipms-2") : Optional.empty(),
                pop.insteadOf("PJSIP/+525512345678@voipms", cause));
    }

    @Test
    void nothing_is_where_there_is_one_pop_or_another_endpoint() {
        assertEquals(Optional.empty(), pop.insteadOf("PJSIP/+525512345678@voipms", 18));
        pop.isThere(true);
        assertEquals(Optional.empty(), pop.insteadOf("PJSIP/+525512345678@voipms-2", 18));
        assertEquals(Optional.empty(), pop.insteadOf("PJSIP/+525512345678@mine", 18));
    }
}
