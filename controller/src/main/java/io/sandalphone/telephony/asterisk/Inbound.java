package io.sandalphone.telephony.asterisk;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.telephony.CallerId;

import java.util.List;
import java.util.Optional;

/// A channel that the dialplan handed to us: `Stasis(<application>,inbound,<called number>,<caller's
/// number>,<caller's name>,<numbers that forwarded the call>…)`.
record Inbound(String called, CallerId caller, List<String> forwardedBy) {
    private static final String ROLE = "inbound";

    /// From the arguments of its StasisStart; empty when it is not one that arrived.
    static Optional<Inbound> of(List<String> arguments) {
        if (arguments.size() < 2 || !arguments.getFirst().equals(ROLE)) {
            return Optional.empty();
        }
        CallerId caller = CallerId.received(argument(arguments, 2), argument(arguments, 3));
        List<String> forwardedBy =
                arguments.stream().skip(4).filter(number -> !number.isEmpty()).toList();
        return Optional.of(new Inbound(arguments.get(1), caller, forwardedBy));
    }

    private static String argument(List<String> arguments, int index) {
        return index < arguments.size() ? arguments.get(index) : "";
    }

    /// From where the channel stands in the dialplan, for a StasisStart that nobody heard.
    static Optional<Inbound> of(Channel channel, String application) {
        var place = channel.getDialplan();
        if (place == null || !"Stasis".equals(place.getApp_name()) || place.getApp_data() == null) {
            return Optional.empty();
        }
        List<String> data = List.of(place.getApp_data().split(",", -1));
        return data.getFirst().equals(application)
                ? of(data.subList(1, data.size()))
                : Optional.empty();
    }
}
