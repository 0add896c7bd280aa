package io.sandalphone.harness.pairs;

import java.util.function.Predicate;

/// Something that must hold in every pair, written once against [PairPhone].
///
/// @param name its row in the table
/// @param isThere in which pairs there is such a thing; elsewhere its cell is `-`
/// @param course what happens
record Scenario(String name, Predicate<Pair> isThere, Course course) {
    /// How it goes.
    interface Course {
        /// Makes the calls that it takes over `line` of `lab`, which has it for itself, and gives the cell of
        /// the table. Throws when what must hold does not.
        String run(PairLab lab, int line) throws Exception;
    }

    /// One that every pair has.
    static Scenario of(String name, Course course) {
        return new Scenario(name, _ -> true, course);
    }
}
