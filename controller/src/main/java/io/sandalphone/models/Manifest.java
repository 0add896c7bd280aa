package io.sandalphone.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The list of model files: one data file, `sandalphone-models.yaml`.
public final class Manifest {
    private final Map<String, ModelFile> models = new LinkedHashMap<>();
    private final Map<String, ModelFile> ingredients = new LinkedHashMap<>();
    private final Map<String, List<ModelFile>> profiles = new LinkedHashMap<>();

    private Manifest() {}

    /// The list this program brings.
    public static Manifest bundled() {
        return of(ConfigTree.resource(Manifest.class, "/sandalphone-models.yaml"));
    }

    /// Reads `tree`; throws [IllegalArgumentException] when something in it does not fit together.
    public static Manifest of(ObjectNode tree) {
        only(tree, "the manifest", "profiles", "models", "ingredients");
        var manifest = new Manifest();
        tree.path("models")
                .properties()
                .forEach(
                        each ->
                                manifest.models.put(
                                        each.getKey(),
                                        file(
                                                each.getKey(),
                                                each.getValue(),
                                                text(each.getValue(), "purpose"))));
        tree.path("ingredients")
                .properties()
                .forEach(
                        each ->
                                manifest.ingredients.put(
                                        each.getKey(), file(each.getKey(), each.getValue(), "")));
        tree.path("profiles")
                .properties()
                .forEach(
                        each -> {
                            List<ModelFile> members = new ArrayList<>();
                            for (JsonNode name : each.getValue()) {
                                members.add(manifest.known(name.asText()));
                            }
                            manifest.profiles.put(each.getKey(), List.copyOf(members));
                        });
        manifest.models.values().forEach(manifest::checkSources);
        manifest.ingredients.values().forEach(manifest::checkSources);
        return manifest;
    }

    private void checkSources(ModelFile file) {
        for (Source source : file.sources()) {
            if (source instanceof Source.Rebuilt rebuilt) {
                rebuilt.from().forEach(this::known);
            }
        }
    }

    private static ModelFile file(String name, JsonNode node, String purpose) {
        only(node, name, "purpose", "languages", "file", "bytes", "sha256", "licence", "sources");
        JsonNode licence = node.path("licence");
        List<Source> sources = new ArrayList<>();
        node.path("sources").forEach(source -> sources.add(source(name, source)));
        return new ModelFile(
                name,
                purpose,
                texts(node.path("languages")),
                text(node, "file"),
                node.path("bytes").asLong(),
                text(node, "sha256"),
                new Licence(text(licence, "name"), text(licence, "by"), text(licence, "asks-for")),
                sources);
    }

    private static Source source(String name, JsonNode node) {
        if (node.has("web")) {
            only(node, name, "web");
            return new Source.Web(URI.create(text(node, "web")));
        }
        if (node.has("pypi")) {
            only(node, name, "pypi");
            List<Source.Part> parts = new ArrayList<>();
            for (JsonNode part : node.path("pypi")) {
                only(part, name, "name", "version", "sha256", "member");
                parts.add(
                        new Source.Part(
                                text(part, "name"),
                                text(part, "version"),
                                text(part, "sha256"),
                                text(part, "member")));
            }
            return new Source.Packages(parts);
        }
        only(node, name, "rebuilt", "from");
        return new Source.Rebuilt(
                Source.Conversion.valueOf(
                        text(node, "rebuilt").toUpperCase(Locale.ROOT).replace('-', '_')),
                texts(node.path("from")));
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no " + key + " in " + node);
        }
        return text;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static void only(JsonNode node, String what, String... keys) {
        Set<String> known = Set.of(keys);
        node.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (!known.contains(key)) {
                                throw new IllegalArgumentException(what + ": unknown key " + key);
                            }
                        });
    }

    /// Every model, in the manifest's order.
    public Collection<ModelFile> models() {
        return List.copyOf(models.values());
    }

    /// The names of the profiles.
    public Set<String> profiles() {
        return Set.copyOf(profiles.keySet());
    }

    /// The model of this name, or the models of the profile of this name. Empty when there is neither.
    public Optional<List<ModelFile>> named(String name) {
        return Optional.ofNullable(profiles.get(name))
                .or(() -> Optional.ofNullable(models.get(name)).map(List::of));
    }

    /// The model `name`, which the program itself refers to.
    public ModelFile model(String name) {
        ModelFile model = models.get(name);
        if (model == null) {
            throw new IllegalArgumentException(
                    "no model " + name + ": there are " + String.join(", ", models.keySet()));
        }
        return model;
    }

    /// The model or ingredient `name`.
    ModelFile known(String name) {
        ModelFile ingredient = ingredients.get(name);
        return ingredient == null ? model(name) : ingredient;
    }
}
