package io.sandalphone.harness.pairs;

/// One of the numbers of a [PairLab]: who calls it reaches one destination. Calls of different lines can
/// go on side by side.
///
/// @param index 0 to 9
public record Line(int index) {
    /// How many there are.
    public static final int COUNT = 10;

    /// The number of which Asterisk knows without a controller (`RealAsterisk.CALLED` of the tests).
    private static final String KNOWN = "+12125550101";

    public Line {
        if (index < 0 || index >= COUNT) {
            throw new IllegalArgumentException("no line " + index);
        }
    }

    /// The number that is called.
    public String called() {
        return index == 0 ? KNOWN : number("+1212555012");
    }

    /// The number that is rung for it.
    public String destination() {
        return number("+1202555020");
    }

    /// Who calls.
    public String caller() {
        return number("+1646555030");
    }

    /// As operators are shown the one who calls.
    String callerShown() {
        return "…" + caller().substring(caller().length() - 3);
    }

    private String number(String prefix) {
        return prefix + index;
    }
}
