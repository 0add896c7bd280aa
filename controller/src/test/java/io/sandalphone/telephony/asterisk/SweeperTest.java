package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

class SweeperTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final FakeAsterisk asterisk = new FakeAsterisk(loop);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> live = new HashSet<>();
    private final Set<String> adopting = new HashSet<>();
    private final List<List<Sweep.Pair>> survived = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final List<Set<String>> reconciled = new ArrayList<>();
    private final Sweeper sweeper =
            new Sweeper(
                    loop,
                    asterisk,
                    "sandalphone",
                    OverlayMeters.register(registry),
                    new Sweeper.Calls() {
                        @Override
                        public Set<String> live() {
                            return live;
                        }

                        @Override
                        public void found(Channel caller) {
                            found.add(caller.getId());
                        }

                        @Override
                        public void survived(List<Sweep.Pair> pairs) {
                            pairs.stream()
                                    .map(Sweep.Pair::call)
                                    .filter(adopting::contains)
                                    .forEach(live::add);
                            survived.add(pairs);
                        }

                        @Override
                        public void reconcile(Sweep.Inventory found) {
                            reconciled.add(found.channelIds());
                        }
                    });

    private double pairs() {
        return registry.get("sandalphone.overlay.pairs.left.talking").counter().count();
    }

    private void seconds(int seconds) {
        loop.advance(Duration.ofSeconds(seconds));
    }

    private FakeAsterisk.FakeChannel leg(String id, String call, String role) {
        var leg = asterisk.arrive(id, "+1");
        leg.state = "Up";
        leg.variables.put("SP_CALL", call);
        leg.variables.put("SP_ROLE", role);
        leg.variables.put("VOLUME(RX)", "-4");
        String main = "sp-" + call + "-main";
        leg.bridge = main;
        asterisk.bridges.computeIfAbsent(main, _ -> new LinkedHashSet<>()).add(id);
        return leg;
    }

    private void pair(String call, String caller) {
        leg(caller, call, "caller");
        leg("sp-" + call + "-destination", call, "destination");
    }

    @Test
    void what_a_gateway_before_had_asked_for_is_removed_though_it_comes_late() {
        sweeper.catchUp();
        seconds(5);
        asterisk.bridges.computeIfAbsent("sp-a-main", _ -> new LinkedHashSet<>());
        seconds(30);
        assertEquals(Set.of(), asterisk.bridges.keySet());
    }

    @Test
    void a_pair_that_is_left_talking_is_counted_once_and_brought_to_full_level() {
        pair("7f3", "171.1");
        sweeper.catchUp();
        seconds(5);
        for (int i = 0; i < 10; i++) {
            sweeper.soon();
            seconds(5);
        }
        assertEquals(1, pairs());
        assertEquals("0", asterisk.channel("171.1").variables.get("VOLUME(RX)"));
        assertEquals(1, asterisk.asked("set 171.1 VOLUME.*"));
        pair("9k", "172.2");
        sweeper.soon();
        seconds(5);
        assertEquals(2, pairs());
        // Gone, and then found again under the same id: that cannot be, ids are unique.
        asterisk.channels.remove("171.1");
        asterisk.channels.remove("sp-7f3-destination");
        sweeper.soon();
        seconds(5);
        assertEquals(2, pairs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose", "drop", "refuse"})
    void the_voice_of_a_pair_is_brought_back_although_requests_fail(String how) {
        pair("7f3", "171.1");
        var trouble =
                switch (how) {
                    case "lose" -> asterisk.lose("set 171.1 .*", 2);
                    case "drop" -> asterisk.drop("set 171.1 .*", 2);
                    default -> asterisk.refuse("set 171.1 .*", 4, 500);
                };
        sweeper.catchUp();
        seconds(30);
        assertTrue(trouble.fired() > 1);
        assertEquals("0", asterisk.channel("171.1").variables.get("VOLUME(RX)"));
    }

    @Test
    void what_could_not_be_removed_is_asked_for_until_it_is_gone() {
        asterisk.arrive("sp-7f3-snoop-1", "+1");
        asterisk.bridges.put("sp-7f3-main", new LinkedHashSet<>());
        var channel = asterisk.refuse("hangup .*", 3, 500);
        var bridge = asterisk.drop("destroy .*", 1);
        sweeper.soon();
        seconds(60);
        assertEquals(3, channel.fired());
        assertEquals(1, bridge.fired());
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(Set.of(), asterisk.bridges.keySet());
        assertEquals(2, registry.get("sandalphone.overlay.swept").counter().count());
        asterisk.requests.clear();
        seconds(600);
        assertEquals(List.of(), asterisk.requests, "nothing is left to be done");
    }

    @Test
    void a_call_that_was_to_end_is_ended_for_the_two_who_still_talk() {
        pair("7f3", "171.1");
        sweeper.released("7f3", Overlay.Rest.EVERYTHING);
        seconds(5);
        assertEquals(Set.of(), asterisk.channels.keySet());
        assertEquals(0, pairs());
    }

    @Test
    void a_call_that_was_left_is_left() {
        pair("7f3", "171.1");
        asterisk.arrive("sp-7f3-anchor-1", "+1");
        sweeper.released("7f3", Overlay.Rest.OUR_PART);
        seconds(5);
        assertEquals(Set.of("171.1", "sp-7f3-destination"), asterisk.channels.keySet());
    }

    @Test
    void what_asterisk_makes_late_of_a_call_that_is_over_is_removed() {
        sweeper.released("7f3", Overlay.Rest.LATECOMERS);
        seconds(10);
        asterisk.bridges.put("sp-7f3-private-1", new LinkedHashSet<>());
        seconds(10);
        assertEquals(Set.of(), asterisk.bridges.keySet());
    }

    @Test
    void missed_events_are_made_up_for_although_asterisk_does_not_answer_at_once() {
        pair("live", "171.1");
        live.add("live");
        asterisk.arrive("173.3", "+12125550101");
        var silent = asterisk.drop("channels", 2);
        var half = asterisk.refuse("bridges", 1, 500);
        sweeper.catchUp();
        seconds(60);
        assertEquals(2, silent.fired());
        assertEquals(1, half.fired());
        assertEquals(List.of("173.3"), found);
        assertEquals(List.of(Set.of("171.1", "sp-live-destination", "173.3")), reconciled);
    }

    @Test
    void events_missed_while_a_sweep_is_under_way_need_a_look_of_their_own() {
        asterisk.answerLate("channels", 1, Duration.ofSeconds(3));
        sweeper.soon();
        seconds(2);
        sweeper.catchUp();
        asterisk.arrive("173.3", "+12125550101");
        seconds(3);
        assertEquals(2, asterisk.asked("channels"));
        assertEquals(List.of("173.3"), found);
        assertEquals(List.of(Set.of("173.3")), reconciled);
    }

    @Test
    void what_is_left_while_a_sweep_is_under_way_is_removed_by_another_one() {
        asterisk.answerLate("channels", 1, Duration.ofSeconds(3));
        asterisk.answerLate("bridges", 1, Duration.ofSeconds(3));
        sweeper.catchUp();
        seconds(4);
        asterisk.bridges.put("sp-7f3-main", new LinkedHashSet<>());
        sweeper.soon();
        seconds(8);
        assertEquals(Set.of(), asterisk.bridges.keySet());
        asterisk.bridges.put("sp-9k-main", new LinkedHashSet<>());
        sweeper.soon();
        seconds(5);
        assertEquals(Set.of(), asterisk.bridges.keySet(), "every sweep after it, too");
    }

    @Test
    void a_burst_of_events_causes_one_sweep() {
        for (int i = 0; i < 100; i++) {
            sweeper.soon();
        }
        seconds(10);
        assertEquals(1, asterisk.asked("channels"));
    }

    @Test
    void a_caller_whose_event_is_on_its_way_is_not_taken_up_by_a_common_sweep() {
        asterisk.arrive("173.3", "+12125550101");
        sweeper.soon();
        seconds(10);
        assertEquals(List.of(), found);
    }

    @Test
    void an_asterisk_that_does_not_answer_is_asked_less_and_less_often() {
        asterisk.refuse("channels", 10_000, 503);
        sweeper.soon();
        seconds(600);
        long asked = asterisk.asked("channels");
        assertTrue(asked > 15 && asked < 30, asked + " times in ten minutes");
    }

    @Test
    void nothing_is_cleared_away_once_it_is_stopped() {
        asterisk.arrive("sp-7f3-snoop-1", "+1");
        sweeper.soon();
        sweeper.stop();
        sweeper.soon();
        sweeper.catchUp();
        seconds(60);
        assertEquals(List.of(), asterisk.requests);
    }

    @Test
    void a_pair_that_goes_on_here_is_left_alone_with_what_is_beside_it() {
        pair("7f3", "171.1");
        pair("9k", "172.2");
        asterisk.arrive("sp-7f3-anchor-1", "+1");
        asterisk.arrive("sp-9k-anchor-1", "+1");
        adopting.add("7f3");
        sweeper.catchUp();
        seconds(5);
        assertEquals(
                List.of("7f3", "9k"), survived.getFirst().stream().map(Sweep.Pair::call).toList());
        assertEquals(List.of("sp-7f3-anchor-1"), survived.getFirst().getFirst().others());
        assertTrue(asterisk.channels.containsKey("sp-7f3-anchor-1"));
        assertEquals("-4", asterisk.channel("171.1").variables.get("VOLUME(RX)"), "its own to do");
        assertFalse(asterisk.channels.containsKey("sp-9k-anchor-1"));
        assertEquals(1, pairs());
        sweeper.soon();
        seconds(5);
        assertEquals(1, survived.size(), "told when events were missed");
    }
}
