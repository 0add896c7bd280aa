package io.sandalphone.app;

/// The gateway, constructed by hand.
final class Application {
    private Application() {}

    @SuppressWarnings("DoNotCallSuggester")
    static Service start(Settings settings) {
        throw new UnsupportedOperationException(
                "no gateway in this build to start with " + settings.speech());
    }
}
