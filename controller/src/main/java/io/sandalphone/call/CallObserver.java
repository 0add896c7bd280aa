package io.sandalphone.call;

/// Watches calls. Called on the loop of the call in question, so on several threads; must return at
/// once.
@FunctionalInterface
public interface CallObserver {
    void on(CallEvent event);
}
