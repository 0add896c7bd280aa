package io.sandalphone.telephony.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The marks that were sent behind sound and have not come back: each is there once, from when it is
/// sent until its echo, or until all are given up. A name is never used twice on one leg, so the echo
/// of one that was given up is known for what it is.
final class Marks {
    // In the order in which they were sent, which is the order in which the carrier plays.
    private final Map<String, Runnable> outstanding = new LinkedHashMap<>();
    private long last;

    /// A new name; `played` is what waits for its echo.
    String add(Runnable played) {
        String name = "m" + ++last;
        outstanding.put(name, played);
        return name;
    }

    /// What has been played as of the echo of `name`: what was sent before it too, since a carrier plays
    /// in order. Empty for a name that is not outstanding.
    List<Runnable> echoed(String name) {
        if (!outstanding.containsKey(name)) {
            return List.of();
        }
        List<Runnable> played = new ArrayList<>();
        Iterator<Map.Entry<String, Runnable>> oldest = outstanding.entrySet().iterator();
        boolean more = true;
        while (more) {
            Map.Entry<String, Runnable> mark = oldest.next();
            more = !mark.getKey().equals(name);
            played.add(mark.getValue());
            oldest.remove();
        }
        return played;
    }

    boolean isOutstanding(String name) {
        return outstanding.containsKey(name);
    }

    int count() {
        return outstanding.size();
    }

    /// Gives all of them up.
    List<Runnable> clear() {
        List<Runnable> all = List.copyOf(outstanding.values());
        outstanding.clear();
        return all;
    }
}
