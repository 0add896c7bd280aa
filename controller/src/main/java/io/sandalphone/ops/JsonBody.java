package io.sandalphone.ops;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;

import java.util.List;

/// The bodies of requests that are JSON objects.
final class JsonBody {
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonBody() {}

    /// An object to put defaults into.
    static ObjectNode empty() {
        return JSON.createObjectNode();
    }

    /// @throws ConfigurationException when it is no JSON object with each key once
    static ObjectNode object(String body) throws ConfigurationException {
        JsonNode tree;
        try {
            tree = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    List.of(
                            new Problem(
                                    "the body",
                                    "something that is not JSON",
                                    "a JSON object, each key once")));
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigurationException(
                List.of(new Problem("the body", "no JSON object", "a JSON object")));
    }
}
