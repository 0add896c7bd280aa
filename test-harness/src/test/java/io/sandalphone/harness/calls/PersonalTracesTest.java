package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class PersonalTracesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a call of \"Zebulon\"",
                "ZEBULON rang",
                "from +17035559138",
                "from 703-555-9138",
                "from (703) 555 91 38",
                "from \u20269138",
                "caller=xxxxxx9138",
                "%5a%65%62%75%6C%6f%6e",
                "\\x5a\\x65\\x62\\x75\\x6c\\x6f\\x6e",
                "\\u005a\\u0065\\u0062\\u0075\\u006c\\u006f\\u006e",
                "5a 65 62 75 6c 6f 6e",
                "WmVidWxvbg==",
                "NTU1OTEzOA=="
            })
    void a_person_is_found_in_every_shape(String line) {
        assertEquals(List.of(line), PersonalTraces.in("before\n" + line + "\nafter"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call began call=mx9138y03u47wu",
                "[2026-11-28 21:47:20.138] WARNING[9138][C-00009138] res_x.c: said nothing",
                "from 19138 to 91380",
                "address 10.77.0.1:5090"
            })
    void what_belongs_to_nobody_is_not(String line) {
        assertEquals(List.of(), PersonalTraces.in(line));
    }
}
