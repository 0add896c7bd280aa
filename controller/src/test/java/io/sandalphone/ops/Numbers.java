package io.sandalphone.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Section;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteRules;
import io.sandalphone.routing.RouteTable;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Numbers files of a gateway without routes of its own.
final class Numbers {
    private Numbers() {}

    static NumbersFile file(Path path) {
        ObjectNode defaults = (ObjectNode) ConfigTree.defaults().get("route-defaults");
        Section root = Section.root(ConfigTree.defaults());
        var limits = root.make(() -> new Limits(1, List.of()));
        return new NumbersFile(
                path,
                new NumbersFile.Rules(
                        new RouteTable(Map.of()),
                        defaults,
                        new RouteRules(limits, () -> "", Set::of, Map::of),
                        ZoneOffset.UTC,
                        Map.of()));
    }
}
