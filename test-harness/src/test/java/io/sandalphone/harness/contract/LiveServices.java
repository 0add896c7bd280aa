package io.sandalphone.harness.contract;

import io.sandalphone.harness.contract.ProviderSetup.Words;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The vendors' real services, by the keys in the environment of the tests; where there are none, a
/// test that asks for them is skipped with a reason that begins with `no keys:`.
final class LiveServices {
    private LiveServices() {}

    static Candidate assemblyAi() {
        return alone("assemblyai live", "assemblyai", "", "assemblyai", "ASSEMBLYAI_API_KEY");
    }

    static Candidate googleBasic() {
        return alone(
                "google-v2 live", "google", "api: v2", "google-nmt", "GOOGLE_TRANSLATE_API_KEY");
    }

    static Candidate googleAdvanced() {
        return alone(
                "google-v3 live",
                "google",
                "api: v3",
                "google-nmt",
                "GOOGLE_APPLICATION_CREDENTIALS");
    }

    static Candidate polly() {
        return alone(
                "polly live",
                "polly",
                "",
                "polly-standard",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY");
    }

    private static Candidate alone(
            String label, String provider, String settings, String tariff, String... keys) {
        List<String> missing = Stream.of(keys).filter(key -> System.getenv(key) == null).toList();
        return new Candidate(
                List.of(
                        new ProviderSetup(
                                label,
                                provider,
                                ProviderSetup.yaml(settings.isEmpty() ? "{}" : settings),
                                System.getenv(),
                                missing.isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(
                                                "no keys: "
                                                        + String.join(", ", missing)
                                                        + " not in the environment"),
                                Words.SPEECH,
                                Optional.of(tariff),
                                Optional.empty(),
                                () -> {},
                                () -> {})),
                false);
    }
}
