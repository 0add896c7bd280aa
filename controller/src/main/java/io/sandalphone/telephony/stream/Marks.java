package io.sandalphone.telephony.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The marks that were sent behind sound and have not come back: each is there once, from when it is
/// sent until its echo, or until all are given up. A name is never used twice on one leg, so the echo
/// of one that was given up is known for what it is.
final class Marks {
    // In the order in which they were sent, which is the order in which the carrier plays.
    private final Map<String, Mark> outstanding = new LinkedHashMap<>();
    private long last;

    /// What waits for an echo, `always` also for its being given up.
    private record Mark(Runnable played, boolean always) {}

    /// A new name; `played` is what waits for its echo, or for its being given up.
    String add(Runnable played) {
        return add(new Mark(played, true));
    }

    /// A new name; `told` is what waits for its echo alone.
    String addForEcho(Runnable told) {
        return add(new Mark(told, false));
    }

    private String add(Mark mark) {
        String name = "m" + ++last;
        outstanding.put(name, mark);
        return name;
    }

    /// What has been played as of the echo of `name`: what was sent before it too, since a carrier plays
    /// in order. Empty for a name that is not outstanding.
    List<Runnable> echoed(String name) {
        return upTo(name).stream().map(Mark::played).toList();
    }

    /// Gives up `name`, which does not come back, and what was sent before it. Gives what waits for that.
    List<Runnable> giveUp(String name) {
        return givenUp(upTo(name));
    }

    private static List<Runnable> givenUp(Collection<Mark> marks) {
        return marks.stream().filter(Mark::always).map(Mark::played).toList();
    }

    private List<Mark> upTo(String name) {
        if (!outstanding.containsKey(name)) {
            return List.of();
        }
        List<Mark> marks = new ArrayList<>();
        Iterator<Map.Entry<String, Mark>> oldest = outstanding.entrySet().iterator();
        boolean more = true;
        while (more) {
            Map.Entry<String, Mark> mark = oldest.next();
            more = !mark.getKey().equals(name);
            marks.add(mark.getValue());
            oldest.remove();
        }
        return marks;
    }

    boolean isOutstanding(String name) {
        return outstanding.containsKey(name);
    }

    int count() {
        return outstanding.size();
    }

    /// Gives all of them up, and what waits for that.
    List<Runnable> clear() {
        List<Runnable> all = givenUp(outstanding.values());
        outstanding.clear();
        return all;
    }
}
