package io.sandalphone.harness.attack;

import java.util.List;
import java.util.Map;

/// Which tests show that an item holds, where it happens inside the process.
final class NamedTestList {
    private static final String ROOT = "io.sandalphone.";

    private static final Map<Integer, List<String>> TESTS =
            Map.of(
                    3,
                    List.of(
                            "media.rtp.RtpSocketTest#a_mouth_that_throws_is_not_asked_again_and_others_go_on",
                            "media.rtp.RtpSocketTest"
                                + "#a_mouth_that_does_not_link_is_not_asked_again_and_others_go_on"),
                    7,
                    List.of("translate.EchoGuardTest#the_end_of_one_phrase_is_not_that_of_another"),
                    8,
                    List.of(
                            "translate.InterpreterTest"
                                + "#utterances_are_numbered_on_when_interpretation_begins_again"),
                    10,
                    List.of(
                            "translate.InterpreterFaultsTest"
                                + "#when_the_second_lane_does_not_start_everything_of_the_first_is_closed"),
                    11,
                    List.of(
                            "translate.InterpreterTest"
                                + "#a_wall_clock_that_is_set_distorts_neither_times_nor_the_echo",
                            "metrics.MetricsTest#a_maximum_is_forgotten_by_the_monotonic_clock"),
                    16,
                    List.of(
                            "translate.PendingSpeechTest"
                                + "#what_would_sound_later_than_the_first_audio_timeout_is_not_spoken"
                                + "_and_is_counted",
                            "translate.PendingSpeechTest"
                                + "#a_direct_interpreter_that_has_more_to_say_than_time_is_not_voiced"
                                + "_late_either"),
                    34,
                    List.of(
                            "providers.assemblyai.OddMessagesTest"
                                + "#whatever_is_odd_about_messages_no_words_that_are_there_are_lost"
                                + "_or_come_twice",
                            "providers.assemblyai.ServerMessageTest"
                                    + "#a_turn_that_lacks_something_is_read_for_what_is_there",
                            "providers.google.TranslationAnswerTest"
                                + "#whatever_is_odd_about_an_answer_the_translation_in_it_is_found"));

    private NamedTestList() {}

    /// `class#method`, with the class's whole name.
    static List<String> of(int number) {
        return TESTS.getOrDefault(number, List.of()).stream().map(ROOT::concat).toList();
    }
}
