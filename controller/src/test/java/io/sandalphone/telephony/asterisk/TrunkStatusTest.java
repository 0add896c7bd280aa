package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Whether Asterisk is registered, as its own meters say.
class TrunkStatusTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "1, ''",
        "0, trunk",
        "2, trunk",
        "1 1, ''",
        "1 2, trunk 2",
        "0 1, trunk 1",
        "2 0, 'trunk 1, trunk 2'"
    })
    void a_registration_that_does_not_stand_is_lost(String states, String lost) {
        String[] all = states.isEmpty() ? new String[0] : states.split(" ");
        String page =
                "# HELP asterisk_pjsip_outbound_registration_status Current registration status\n"
                        + "asterisk_channels_count{eid=\"a\"} 2\n"
                        + Arrays.stream(all)
                                .map(
                                        state ->
                                                "asterisk_pjsip_outbound_registration_status%s "
                                                        + state)
                                .collect(Collectors.joining("\n"))
                        + "\n";
        for (int i = 0; i < all.length; i++) {
            page =
                    page.replaceFirst(
                            "%s",
                            "{eid=\"a\",domain=\"sip:pop%d.example\",channel_type=\"PJSIP\",username=\"sip:123456_name@pop%d.example\"}"
                                    .formatted(i, i));
        }
        assertEquals(lost, String.join(", ", new TrunkStatus(page).lostRegistrations()));
    }
}
