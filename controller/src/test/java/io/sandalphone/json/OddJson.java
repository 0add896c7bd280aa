package io.sandalphone.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes messages odd, as programs make them that change without notice.
public final class OddJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OddJson() {}

    /// The names of an object's fields.
    public static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Removes a field, or makes it null, or something of another type; a number stays the same number.
    public static void distort(ObjectNode object, String name, Random random) {
        JsonNode value = object.path(name);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(name, NullNode.instance);
            case 2 -> object.set(name, TextNode.valueOf(value.asText()));
            case 3 -> object.set(name, JSON.objectNode().put("value", 1));
            case 4 -> object.set(name, JSON.arrayNode());
            default -> object.put(name, random.nextBoolean());
        }
    }
}
