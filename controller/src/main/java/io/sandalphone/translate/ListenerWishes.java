package io.sandalphone.translate;

/// How one listener wants to be spoken to.
///
/// @param paused whether not at all
/// @param balance by how many dB what is spoken is louder than it would be; softer where it is negative
public record ListenerWishes(boolean paused, double balance) {
    /// Of whoever has asked for nothing.
    public static final ListenerWishes NONE = new ListenerWishes(false, 0);

    /// The same, but for whether nothing is spoken to them.
    public ListenerWishes paused(boolean paused) {
        return new ListenerWishes(paused, balance);
    }

    /// What they are once the listener has commanded something more.
    public ListenerWishes after(KeyCommand command, KeySettings settings) {
        return switch (command) {
            case PAUSE -> paused(!paused);
            case SOFTER ->
                    new ListenerWishes(
                            paused, Math.max(balance - settings.step(), -settings.most()));
            case LOUDER ->
                    new ListenerWishes(
                            paused, Math.min(balance + settings.step(), settings.most()));
            case REPEAT -> this;
        };
    }
}
