package io.sandalphone.harness.kills;

/// What became of a call whose gateway was killed and started anew.
public enum Fate {
    /// The two talk, under the id that the call had, and are interpreted again.
    ADOPTED("adopted"),
    /// A call that was not joined yet was taken up, and the two are interpreted.
    TAKEN_UP("taken up"),
    /// The two talk untranslated, and the gateway said why.
    LEFT("left"),
    /// The two talk untranslated: they were joined without the gateway.
    CONNECTED("connected"),
    /// The call is over for everybody, before anybody talked.
    RELEASED("released"),
    /// Somebody hung up, and everybody is released.
    ENDED("ended"),
    /// None of these: see what is wrong.
    BROKEN("BROKEN");

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
