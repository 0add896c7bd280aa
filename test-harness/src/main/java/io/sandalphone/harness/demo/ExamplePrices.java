package io.sandalphone.harness.demo;

/// The vendors' prices in the demo's configuration, so that its call has a cost. Invented:
/// what is really asked stands in one's contract.
final class ExamplePrices {
    static final String YAML =
            """
            costs:
              prices:
                assemblyai: {hour-listened: 0.10}
                google: {million-characters-translated: 10.00}
                polly: {million-characters-spoken: 1.00}
            """;

    private ExamplePrices() {}
}
