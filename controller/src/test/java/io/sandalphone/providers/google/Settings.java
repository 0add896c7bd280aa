package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;

import java.util.Map;

/// Settings of Google as tests want them.
final class Settings {
    private Settings() {}

    /// What the defaults come to with the keys in `own`, a YAML section, changed.
    static GoogleSettings read(String own, Map<String, String> environment)
            throws ConfigurationException {
        ObjectNode defaults = ConfigTree.defaults();
        ObjectNode tree = defaults.objectNode();
        tree.putObject("engines").set("google", defaults.path("engines").path("google"));
        var file = ConfigTree.yaml("test", "{engines: {google: " + own + "}}");
        var root = Section.root(ConfigTree.merge(tree, file), environment);
        return root.finish(GoogleSettings.read(root.section("engines").section("google")));
    }

    static GoogleSettings read(String own) throws ConfigurationException {
        return read(own, Map.of());
    }
}
