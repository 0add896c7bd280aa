package io.sandalphone.harness.attack;

/// One way in which the people, or what they say, come to harm, tried in many variants.
public interface AttackCase {
    /// Its number; also in the line that is printed.
    int number();

    /// What is tried, in a few words.
    String tried();

    /// Whether there are named tests that belong to it; they are run beside it.
    default boolean hasNamedTests() {
        return !NamedTestList.of(number()).isEmpty();
    }

    /// Tries it, and writes each variant down in `tries`. An exception is a try that was not
    /// withstood.
    void run(AttackLab lab, Tries tries) throws Exception;
}
