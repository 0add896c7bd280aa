package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.LegPlace;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the place of a leg at a carrier that documents steer is written ([LegPlace#at]).
public final class LegPlaces {
    /// What names the carrier's name for the call.
    public static final String CALL = "call";

    /// What names the account, in the carrier's words.
    public static final String ACCOUNT = "account";

    private static final String ROOM = "room";
    private static final Pattern ROOM_NAME = Pattern.compile("[0-9a-f]{32}");

    private LegPlaces() {}

    /// That of the call `id`, whose party goes to `room` when we are gone.
    static LegPlace of(Dialect dialect, String id, String room) {
        Map<String, String> at = new HashMap<>(dialect.place(id));
        at.put(ROOM, room);
        return new LegPlace(dialect.name(), at);
    }

    /// The room that a leg's party goes to; nothing where that can be none.
    static Optional<String> room(LegPlace place) {
        return Optional.ofNullable(place.at().get(ROOM))
                .filter(room -> ROOM_NAME.matcher(room).matches());
    }
}
