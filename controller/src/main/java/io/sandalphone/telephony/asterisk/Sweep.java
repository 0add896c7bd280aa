package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Bridge;
import ch.loway.oss.ari4java.generated.models.Channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is to be done about everything at Asterisk that belongs to no live call of ours: what an
/// earlier controller left, and what a release could not remove.
/// Decides only; [AsteriskCarrier] carries it out.
///
/// Two people who are still talking are left to talk, at full level and untranslated; their hangup
/// handlers end the call. A caller who arrived while nobody listened is taken up as a new call.
///
/// @param restore legs whose voice is to be brought back to full level
/// @param hangUp channels to hang up
/// @param remove bridges to remove, after the channels
/// @param arrivals callers nobody has looked after yet
/// @param pairs how many pairs of people were left to talk
record Sweep(
        List<String> restore,
        List<String> hangUp,
        List<String> remove,
        List<Channel> arrivals,
        int pairs) {
    /// Decides, given all there is at Asterisk and the ids of the calls that live here.
    static Sweep of(
            List<Channel> channels, List<Bridge> bridges, Set<String> live, String application) {
        Map<String, Group> groups = new LinkedHashMap<>();
        List<Channel> arrivals = new ArrayList<>();
        for (Channel channel : channels) {
            Optional<String> call = callOf(channel);
            if (call.isPresent()) {
                groups.computeIfAbsent(call.get(), _ -> new Group()).channels.add(channel);
            } else if (Inbound.of(channel, application).isPresent()) {
                arrivals.add(channel);
            }
        }
        for (Bridge bridge : bridges) {
            Ids.call(bridge.getId())
                    .ifPresent(
                            call ->
                                    groups.computeIfAbsent(call, _ -> new Group())
                                            .bridges
                                            .add(bridge));
        }
        groups.keySet().removeAll(live);
        var sweep = new Sweep(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), arrivals, 0);
        int pairs = 0;
        for (Group group : groups.values()) {
            if (group.settle(sweep)) {
                pairs++;
            }
        }
        return new Sweep(sweep.restore, sweep.hangUp, sweep.remove, arrivals, pairs);
    }

    boolean isEmpty() {
        return hangUp.isEmpty() && remove.isEmpty() && restore.isEmpty() && arrivals.isEmpty();
    }

    private static Optional<String> callOf(Channel channel) {
        Optional<String> byId = Ids.call(channel.getId());
        return byId.isPresent() ? byId : variable(channel, Ids.CALL_VARIABLE);
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

        /// Adds what is to be done; true when two people are left talking.
        boolean settle(Sweep sweep) {
            Set<String> keep = new HashSet<>(talking());
            boolean pair = !keep.isEmpty();
            sweep.restore.addAll(keep);
            for (Channel channel : channels) {
                if (!keep.contains(channel.getId())) {
                    sweep.hangUp.add(channel.getId());
                }
            }
            for (Bridge bridge : bridges) {
                if (!(pair && Ids.isMain(bridge.getId()))) {
                    sweep.remove.add(bridge.getId());
                }
            }
            return pair;
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

        private static boolean isLeg(Channel channel) {
            return variable(channel, Ids.ROLE_VARIABLE).isPresent();
        }
    }
}
