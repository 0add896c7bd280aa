package io.sandalphone.ops;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.Party;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The body of `PUT /calls/{id}/interpretation`: `{on, lane}`. Without `lane` it is about both directions.
///
/// @param speakers whose speech it is about
record InterpretationBody(Set<Party> speakers, boolean on) {
    InterpretationBody {
        speakers = Set.copyOf(speakers);
    }

    /// @throws ConfigurationException with every mistake in the body
    static InterpretationBody read(String body) throws ConfigurationException {
        Section keys =
                Section.root(
                        ConfigTree.merge(
                                JsonBody.empty().put("lane", "none"), JsonBody.object(body)));
        Setting<Boolean> on = keys.flag("on");
        String lanes =
                Arrays.stream(Party.values()).map(Views::lane).collect(Collectors.joining(" or "));
        Setting<Optional<Party>> speaker =
                keys.valueOrNone("lane", lanes, InterpretationBody::speaker);
        return keys.finish(
                keys.make(
                        () ->
                                new InterpretationBody(
                                        speaker.get()
                                                .map(EnumSet::of)
                                                .orElseGet(() -> EnumSet.allOf(Party.class)),
                                        on.get())));
    }

    private static Party speaker(String lane) {
        return Arrays.stream(Party.values())
                .filter(speaker -> Views.lane(speaker).equals(lane))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lane"));
    }
}
