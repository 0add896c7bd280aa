package io.sandalphone.harness.carrier;

/// An activity in which nothing is heard and that is over after a while: a pause, or what is spoken or
/// played, of which the journal has the text and the telephone hears silence. Owner: the carrier's
/// loop.
final class Waiting implements Activity {
    private static final int FRAME_MILLIS = 20;

    private final SimulatedCall call;
    private long frames;

    Waiting(SimulatedCall call, long millis) {
        this.call = call;
        frames = Math.max(1, millis / FRAME_MILLIS);
    }

    @Override
    public void begin() {
        // It counts what is exchanged.
    }

    @Override
    public short[] exchange(short[] said) {
        frames--;
        if (frames == 0) {
            call.finished(this);
        }
        return Activity.super.exchange(said);
    }
}
