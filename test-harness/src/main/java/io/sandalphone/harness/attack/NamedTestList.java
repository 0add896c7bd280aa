package io.sandalphone.harness.attack;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/// Which tests show that an item holds, where it happens inside the process.
final class NamedTestList {
    private static final String ROOT = "io.sandalphone.";

    private static final Map<Integer, List<String>> TESTS =
            Map.ofEntries(
                    entry(
                            1,
                            List.of(
                                    "telephony.asterisk.LegRepairTest"
                                        + "#a_leg_is_in_its_bridge_whatever_happens_to_the_request_that_repairs_it",
                                    "telephony.asterisk.OverlayTest"
                                        + "#whatever_fails_and_whenever_the_two_stay_together_until_one_of_them_goes")),
                    entry(
                            2,
                            List.of(
                                    "telephony.asterisk.DuckingTest"
                                        + "#whichever_request_of_sinking_and_rising_is_lost_or_refused_the_voice_comes_back",
                                    "telephony.asterisk.DesiredStateTest"
                                        + "#a_lost_answer_is_asked_for_again_and_so_is_a_request_that_never_arrived")),
                    entry(
                            3,
                            List.of(
                                    "media.rtp.RtpSocketTest"
                                        + "#a_mouth_that_throws_is_not_asked_again_and_others_go_on",
                                    "media.rtp.RtpSocketTest"
                                        + "#a_mouth_that_does_not_link_is_not_asked_again_and_others_go_on",
                                    "telephony.asterisk.OverlayTest"
                                        + "#sound_that_is_lost_to_a_fault_of_ours_is_attached_again")),
                    entry(
                            4,
                            List.of(
                                    "call.CallSessionTest"
                                        + "#a_watcher_that_throws_keeps_no_call_from_being_released",
                                    "call.CallSessionTest"
                                        + "#an_interpreter_that_does_not_stop_keeps_no_call_from_being_released",
                                    "call.CallSessionTest"
                                        + "#a_release_that_fails_is_abandoned_and_the_call_gives_its_place_back")),
                    entry(
                            5,
                            List.of(
                                    "telephony.asterisk.OverlayTest"
                                        + "#what_an_earlier_attempt_was_still_waiting_for_does_not_end_the_later_one",
                                    "telephony.asterisk.OverlayTest"
                                        + "#an_answer_that_comes_after_its_attempt_was_given_up_opens_no_stream")),
                    entry(
                            6,
                            List.of(
                                    "call.CallSessionTest"
                                        + "#a_call_that_another_controller_took_over_is_left_and_nobody_listens_in_any_more")),
                    entry(
                            7,
                            List.of(
                                    "speech.input.EchoGuardTest#what_still_sounds_comes_back_as_well")),
                    entry(
                            8,
                            List.of(
                                    "translate.InterpreterTest"
                                        + "#utterances_are_numbered_on_when_interpretation_begins_again")),
                    entry(
                            9,
                            List.of(
                                    "telephony.asterisk.LegRepairTest"
                                        + "#a_phone_that_has_sent_nothing_is_asked_about_once_a_second",
                                    "telephony.asterisk.LegRepairTest#one_question_is_under_way_at_a_time")),
                    entry(
                            10,
                            List.of(
                                    "translate.InterpreterFaultsTest"
                                        + "#when_the_second_lane_does_not_start_everything_of_the_first_is_closed")),
                    entry(
                            11,
                            List.of(
                                    "translate.InterpreterTest"
                                            + "#a_wall_clock_that_is_set_distorts_no_times",
                                    "metrics.MetricsTest#a_maximum_is_forgotten_by_the_monotonic_clock")),
                    entry(
                            12,
                            List.of(
                                    "translate.PendingSpeechTest"
                                        + "#a_voice_without_end_is_cut_off_and_the_next_utterance_is_spoken",
                                    "translate.PendingSpeechTest"
                                        + "#a_direct_interpreter_without_end_is_cut_off_and_the_next_utterance_is_voiced",
                                    "telephony.asterisk.SweeperTest"
                                        + "#a_pair_that_is_left_talking_is_counted_once_and_brought_to_full_level")),
                    entry(
                            13,
                            List.of(
                                    "call.AdmissionTest#no_call_that_begins_beside_the_drain_is_missed",
                                    "call.CallRegistryTest#a_call_placed_at_the_moment_of_leaving_is_not_missed")),
                    entry(
                            16,
                            List.of(
                                    "translate.PendingSpeechTest"
                                        + "#what_would_be_further_behind_than_it_may_is_skipped_and_counted",
                                    "translate.PendingSpeechTest"
                                        + "#a_direct_interpreter_that_has_more_to_say_than_time_is_not_voiced_late_either")),
                    entry(
                            17,
                            List.of(
                                    "harness.sounds.ProgressSoundsTest"
                                            + "#no_tone_beep_key_or_data_is_voiced_as_words",
                                    "harness.sounds.ProgressSoundsTest"
                                            + "#music_without_a_voice_is_not_voiced_as_words",
                                    "harness.sounds.ProgressSoundsTest"
                                            + "#who_talks_over_tones_as_loud_as_they_loses_no_word",
                                    "harness.sounds.ProgressSoundsTest"
                                        + "#who_talks_as_soon_as_a_sound_has_ended_is_heard_from_the_beginning",
                                    "harness.sounds.ProgressSoundsTest"
                                            + "#no_recorded_word_is_taken_for_something_else")),
                    entry(
                            34,
                            List.of(
                                    "providers.assemblyai.OddMessagesTest"
                                        + "#whatever_is_odd_about_messages_no_words_that_are_there_are_lost_or_come_twice",
                                    "providers.assemblyai.ServerMessageTest"
                                        + "#a_turn_that_lacks_something_is_read_for_what_is_there",
                                    "providers.google.TranslationAnswerTest"
                                        + "#whatever_is_odd_about_an_answer_the_translation_in_it_is_found")));

    private NamedTestList() {}

    /// `class#method`, with the class's whole name.
    static List<String> of(int number) {
        return TESTS.getOrDefault(number, List.of()).stream().map(ROOT::concat).toList();
    }
}
