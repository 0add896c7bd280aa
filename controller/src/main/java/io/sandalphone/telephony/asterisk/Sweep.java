package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.telephony.Party;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be done about everything at Asterisk that belongs to no live call of ours: what an
/// earlier controller left, and what a release could not remove. Decides only; [Sweeper] carries it
/// out.
///
/// Two people who are still talking are left to talk, at full level and untranslated; their hangup
/// handlers end the call. A caller who arrived while nobody listened is taken up as a new call; so is one
/// whose destination an earlier controller had not reached yet, for whom nobody would.
///
/// @param leftTalking ids of the calls whose two people are left to talk
/// @param restore the legs of those, whose voices are to be at their full level
/// @param hangUp channels to hang up
/// @param remove bridges to remove, after the channels
/// @param arrivals callers nobody has looked after yet
/// @param unconnected callers who wait for a destination that does not ring, and whose call lives nowhere
record Sweep(
        Set<String> leftTalking,
        List<String> restore,
        List<String> hangUp,
        List<String> remove,
        List<Channel> arrivals,
        List<Channel> unconnected) {

    /// All there is at Asterisk, at one moment.
    record Inventory(List<Channel> channels, List<Bridge> bridges) {
        Optional<Channel> channel(String id) {
            return channels.stream().filter(channel -> channel.getId().equals(id)).findFirst();
        }

        boolean hasBridge(String id) {
            return bridges.stream().anyMatch(bridge -> bridge.getId().equals(id));
        }

        /// The ids of its channels.
        Set<String> channelIds() {
            Set<String> ids = new HashSet<>();
            channels.forEach(channel -> ids.add(channel.getId()));
            return ids;
        }
    }

    /// Two people of a call that does not live here, together in its main bridge.
    ///
    /// @param legs their channels; the destination may ring still
    /// @param others channels that were made beside them
    /// @param bridges bridges that were
    record Pair(String call, Map<Party, Channel> legs, List<String> others, List<String> bridges) {}

    /// The pairs there are of calls that do not live here.
    static List<Pair> pairs(Inventory found, Set<String> live, String application) {
        Map<String, Group> groups = groups(found, application, new ArrayList<>());
        groups.keySet().removeAll(live);
        List<Pair> pairs = new ArrayList<>();
        groups.forEach((call, group) -> group.pair(call).ifPresent(pairs::add));
        return pairs;
    }

    /// Decides.
    ///
    /// @param live ids of the calls that live here
    /// @param ended ids of calls that were to end for both people, and of which something was left
    static Sweep of(Inventory found, Set<String> live, Set<String> ended, String application) {
        List<Channel> arrivals = new ArrayList<>();
        Map<String, Group> groups = groups(found, application, arrivals);
        groups.keySet().removeAll(live);
        var sweep =
                new Sweep(
                        new LinkedHashSet<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        arrivals,
                        new ArrayList<>());
        groups.forEach(
                (call, group) -> group.settle(call, !ended.contains(call), application, sweep));
        return sweep;
    }

    /// All that bears the id of a call, by that; `arrivals` gets the callers who belong to none.
    private static Map<String, Group> groups(
            Inventory found, String application, List<Channel> arrivals) {
        // A caller whom nobody has marked yet belongs to the call in whose bridge it is.
        Map<String, String> callByMember = new HashMap<>();
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Bridge bridge : found.bridges()) {
            Optional<String> call = Ids.call(bridge.getId());
            if (call.isPresent()) {
                group(groups, call.get()).bridges.add(bridge);
                bridge.getChannels().forEach(member -> callByMember.put(member, call.get()));
            }
        }
        for (Channel channel : found.channels()) {
            Optional<String> call =
                    callOf(channel)
                            .or(() -> Optional.ofNullable(callByMember.get(channel.getId())));
            if (call.isPresent()) {
                group(groups, call.get()).channels.add(channel);
            } else if (Inbound.of(channel, application).isPresent()) {
                arrivals.add(channel);
            }
        }
        return groups;
    }

    private static Group group(Map<String, Group> groups, String call) {
        return groups.computeIfAbsent(call, _ -> new Group());
    }

    /// Whether nothing is to be removed.
    boolean isClean() {
        return hangUp.isEmpty() && remove.isEmpty() && unconnected.isEmpty();
    }

    private static Optional<String> callOf(Channel channel) {
        Optional<String> byId = Ids.call(channel.getId());
        return byId.isPresent() ? byId : variable(channel, Ids.CALL_VARIABLE);
    }

    /// Whether the channel is marked as that of a party of a call.
    static boolean isOf(Channel channel, String call, Party party) {
        return variable(channel, Ids.CALL_VARIABLE).filter(call::equals).isPresent()
                && variable(channel, Ids.ROLE_VARIABLE).filter(Ids.role(party)::equals).isPresent();
    }

    private static Optional<String> variable(Channel channel, String name) {
        return channel.getChannelvars() instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                        && !value.isEmpty()
                ? Optional.of(value)
                : Optional.empty();
    }

    /// All that bears the id of one call.
    private static final class Group {
        final List<Channel> channels = new ArrayList<>();
        final List<Bridge> bridges = new ArrayList<>();

        /// Adds what is to be done.
        void settle(String call, boolean mayTalk, String application, Sweep sweep) {
            List<String> talking = mayTalk ? talking() : List.of();
            if (!talking.isEmpty()) {
                sweep.leftTalking.add(call);
                sweep.restore.addAll(talking);
            }
            for (Channel channel : channels) {
                if (talking.contains(channel.getId())) {
                    continue;
                }
                if (mayTalk && waits(channel, application)) {
                    sweep.unconnected.add(channel);
                } else {
                    sweep.hangUp.add(channel.getId());
                }
            }
            for (Bridge bridge : bridges) {
                if (talking.isEmpty() || !Ids.isMain(bridge.getId())) {
                    sweep.remove.add(bridge.getId());
                }
            }
        }

        /// Its two people, when both are there.
        Optional<Pair> pair(String call) {
            List<String> talking = talking();
            Map<Party, Channel> legs = new EnumMap<>(Party.class);
            List<String> others = new ArrayList<>();
            for (Channel channel : channels) {
                if (talking.contains(channel.getId())) {
                    legs.put(party(channel), channel);
                } else {
                    others.add(channel.getId());
                }
            }
            List<String> beside =
                    bridges.stream().map(Bridge::getId).filter(id -> !Ids.isMain(id)).toList();
            return legs.size() == Party.values().length
                    ? Optional.of(new Pair(call, legs, others, beside))
                    : Optional.empty();
        }

        private static Party party(Channel channel) {
            return variable(channel, Ids.ROLE_VARIABLE)
                            .filter(Ids.role(Party.DESTINATION)::equals)
                            .isPresent()
                    ? Party.DESTINATION
                    : Party.CALLER;
        }

        /// The two legs in the main bridge, when both are there and neither is one that nobody rang.
        private List<String> talking() {
            for (Bridge bridge : bridges) {
                if (Ids.isMain(bridge.getId())) {
                    List<String> legs =
                            channels.stream()
                                    .filter(Group::isLeg)
                                    .filter(leg -> !"Down".equals(leg.getState()))
                                    .map(Channel::getId)
                                    .filter(bridge.getChannels()::contains)
                                    .toList();
                    return legs.size() == 2 ? legs : List.of();
                }
            }
            return List.of();
        }

        /// A caller who arrived and has not been answered.
        private static boolean waits(Channel channel, String application) {
            return "Ring".equals(channel.getState())
                    && Inbound.of(channel, application).isPresent();
        }

        /// A party's channel: one that bears a role, or one in our bridge that we did not make.
        private static boolean isLeg(Channel channel) {
            return variable(channel, Ids.ROLE_VARIABLE).isPresent()
                    || Ids.call(channel.getId()).isEmpty();
        }
    }
}
