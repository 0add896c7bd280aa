package io.sandalphone.harness.kills;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/// Kills a gateway again and again, each time with calls in the midst of other moments.
public final class Kills {
    /// How many calls are there at each kill.
    public static final int CALLS = 3;

    private final int count;
    private final long seed;
    private final boolean journal;
    private final Bars bars;
    private final Set<Moment> moments;

    /// So many kills in the midst of `moments`, with all chance from `seed`. A call of which people notice more than `bars` allow is wrong.
    /// Without `journal` the gateway keeps none, and calls that it lost are left to themselves.
    public Kills(int count, long seed, boolean journal, Bars bars, Set<Moment> moments) {
        this.count = count;
        this.seed = seed;
        this.journal = journal;
        this.bars = bars;
        this.moments = EnumSet.copyOf(moments);
    }

    /// Does it on `host`, telling `told` of each kill, and gives what came of all.
    public List<Kill> run(AsteriskHost host, ControllerProgram program, Consumer<Kill> told)
            throws IOException, InterruptedException {
        List<Kill> kills = new ArrayList<>();
        List<Moment> deck = new ArrayList<>();
        var chance = new Random(seed);
        try (KillLab lab = KillLab.open(host, journal, program)) {
            for (int number = 1; number <= count; number++) {
                Kill kill = KillRound.run(lab, number, deal(deck, chance), bars, chance);
                told.accept(kill);
                kills.add(kill);
            }
        }
        return kills;
    }

    /// Each moment comes once before any comes again.
    private List<Moment> deal(List<Moment> deck, Random chance) {
        List<Moment> dealt = new ArrayList<>();
        while (dealt.size() < Math.min(CALLS, moments.size())) {
            if (deck.isEmpty()) {
                deck.addAll(moments);
                deck.removeAll(dealt);
                Collections.shuffle(deck, chance);
            }
            dealt.add(deck.removeLast());
        }
        return dealt;
    }

    /// What came of them as a table, moment by moment.
    public static String table(List<Kill> kills) {
        var table = new KillTable();
        kills.forEach(kill -> table.add(kill.calls()));
        return table.toString();
    }
}
