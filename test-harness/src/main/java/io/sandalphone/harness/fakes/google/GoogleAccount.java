package io.sandalphone.harness.fakes.google;

import java.util.Map;
import java.util.Set;

/// What a customer has at the fake.
///
/// @param apiKey lets into edition v2
/// @param project the id of the project that v3 is asked for
/// @param locations where the project's models run
/// @param models their paths below a location: `general/nmt`
/// @param glossaries by id: what each term is to be translated to
public record GoogleAccount(
        String apiKey,
        String project,
        Set<String> locations,
        Set<String> models,
        Map<String, Map<String, String>> glossaries) {
    /// With the models every customer has, and the one glossary `terms`.
    public static final GoogleAccount USUAL =
            new GoogleAccount(
                    "AIzaFakeKeyOfTheGatewayInTheLab",
                    "sandalphone-lab",
                    Set.of("global", "us-central1"),
                    Set.of("general/nmt", "general/translation-llm"),
                    Map.of("terms", Map.of("bill", "cuenta")));

    public GoogleAccount {
        locations = Set.copyOf(locations);
        models = Set.copyOf(models);
        glossaries = Map.copyOf(glossaries);
    }
}
