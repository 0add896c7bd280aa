package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

class ListenerKeysTest {
    private final ListenerKeys keys = new ListenerKeys(KeySettings.USUAL);
    private final StringBuilder passed = new StringBuilder();
    private final List<KeyCommand> commands = new ArrayList<>();

    private void press(String pressed) {
        pressed.chars()
                .forEach(
                        key -> {
                            ListenerKeys.Pressed each = keys.press((char) key);
                            passed.append(each.passed());
                            each.command().ifPresent(commands::add);
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "*1, '', PAUSE",
        "*2, '', SOFTER",
        "*3, '', LOUDER",
        "*7, '', REPEAT",
        "5, 5, ''",
        "1234#, 1234#, ''",
        "*9, *9, ''",
        "**1, *, PAUSE",
        "5*1*1, 5, PAUSE PAUSE",
        "*#*2, *#, SOFTER"
    })
    void commands_are_told_from_the_keys_of_the_other_party(
            String pressed, String others, String told) {
        press(pressed);
        assertEquals(others, passed.toString());
        assertEquals(told, String.join(" ", commands.stream().map(Enum::name).toList()));
        assertFalse(keys.holds());
    }

    @Test
    void what_may_become_a_command_is_held_back_until_it_is_too_late_for_one() {
        press("4*");
        assertEquals("4", passed.toString());
        assertTrue(keys.holds());
        assertEquals("*", keys.release());
        assertFalse(keys.holds());
        press("1");
        assertEquals("41", passed.toString());
        assertEquals(List.of(), commands);
    }

    @Test
    void without_commands_every_key_is_the_other_partys() {
        ListenerKeys none = new ListenerKeys(KeySettings.NONE);
        assertEquals(new ListenerKeys.Pressed("*", Optional.empty()), none.press('*'));
        assertFalse(none.holds());
    }

    @Test
    void no_key_is_lost_or_changes_its_place_whatever_is_pressed() {
        var settings =
                new KeySettings(
                        Map.of(KeyCommand.PAUSE, "**1", KeyCommand.REPEAT, "*2*"),
                        Duration.ofSeconds(2),
                        3,
                        12);
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var each = new ListenerKeys(settings);
            var pressed = new StringBuilder();
            var come = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                char key = "*12".charAt(random.nextInt(3));
                pressed.append(key);
                ListenerKeys.Pressed out = each.press(key);
                come.append(out.passed());
                out.command().ifPresent(command -> come.append(settings.commands().get(command)));
                if (random.nextInt(5) == 0) {
                    come.append(each.release());
                }
            }
            come.append(each.release());
            assertEquals(pressed.toString(), come.toString(), "seed " + seed);
        }
    }

    @Test
    void two_commands_of_which_one_begins_the_other_are_none() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new KeySettings(
                                Map.of(KeyCommand.PAUSE, "*1", KeyCommand.REPEAT, "*12"),
                                Duration.ofSeconds(2),
                                3,
                                12));
    }

    @Test
    void the_balance_moves_in_steps_and_stays_within_its_limits() {
        ListenerWishes wishes = ListenerWishes.NONE;
        for (int i = 0; i < 6; i++) {
            wishes = wishes.after(KeyCommand.SOFTER, KeySettings.USUAL);
        }
        assertEquals(-12, wishes.balance());
        wishes = wishes.after(KeyCommand.LOUDER, KeySettings.USUAL);
        assertEquals(new ListenerWishes(false, -9), wishes);
        assertEquals(
                new ListenerWishes(true, -9), wishes.after(KeyCommand.PAUSE, KeySettings.USUAL));
    }
}
