package io.sandalphone.brain.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Tool;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.brain.Wish;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The abilities and the tools of an agent as the tools that a model is offered, and its calls of abilities as wishes.
public final class Tools {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HANG_UP = "hang_up";
    private static final String TRANSFER = "transfer_to_person";

    private Tools() {}

    /// Adds to `tools` all that a model may call while it answers `request`.
    public static void offer(BrainRequest request, ArrayNode tools) {
        offerAbilities(request, tools);
        offer(request.tools(), tools);
    }

    /// Adds to `tools` those of `toolbox`.
    private static void offer(Toolbox toolbox, ArrayNode tools) {
        for (Tool tool : toolbox.tools()) {
            try {
                tools.addObject()
                        .put("type", "function")
                        .putObject("function")
                        .put("name", tool.name())
                        .put("description", tool.description())
                        .set("parameters", JSON.readTree(tool.parameters()));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(
                        "the parameters of the tool " + tool.name() + " are no JSON", e);
            }
        }
    }

    /// Adds to `tools` what the abilities of `request` allow.
    private static void offerAbilities(BrainRequest request, ArrayNode tools) {
        Set<Wish.Ability> abilities = request.abilities();
        if (abilities.contains(Wish.Ability.HANG_UP)) {
            function(
                    tools,
                    HANG_UP,
                    "Ends the call, once the caller has said goodbye or wants nothing more."
                            + " Say goodbye in the same answer.");
        }
        if (abilities.contains(Wish.Ability.TRANSFER)) {
            ObjectNode properties =
                    function(
                            tools,
                            TRANSFER,
                            "Puts the caller through to a person, when they ask for one or you"
                                    + " cannot help. The caller is told so; do not say it"
                                    + " yourself.",
                            "reason");
            property(properties, "reason", "One sentence for the person: what the caller wants.");
            people(property(properties, "to", "Whom, where the caller has said so."), request);
        }
    }

    /// Gives where its parameters go, of which those that are `required` have to be among.
    private static ObjectNode function(
            ArrayNode tools, String name, String description, String... required) {
        ObjectNode tool = tools.addObject().put("type", "function");
        ObjectNode parameters =
                tool.putObject("function")
                        .put("name", name)
                        .put("description", description)
                        .putObject("parameters")
                        .put("type", "object");
        ObjectNode properties = parameters.putObject("properties");
        if (required.length > 0) {
            List.of(required).forEach(parameters.putArray("required")::add);
        }
        return properties;
    }

    /// A model is to choose among these; what else it says is nobody's name.
    private static void people(ObjectNode to, BrainRequest request) {
        if (!request.people().isEmpty()) {
            ArrayNode names = to.putArray("enum");
            request.people().forEach(names::add);
        }
    }

    private static ObjectNode property(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("type", "string").put("description", description);
    }

    /// What a call of `name` with these arguments, which are JSON, wishes; empty for a tool that was not offered.
    static Optional<Wish> wish(String name, String arguments, Set<Wish.Ability> abilities) {
        Optional<Wish> wish =
                switch (name) {
                    case HANG_UP -> Optional.of(new Wish.HangUp());
                    case TRANSFER -> Optional.of(transfer(arguments));
                    default -> Optional.empty();
                };
        return wish.filter(wanted -> abilities.contains(wanted.ability()));
    }

    /// Arguments that cannot be read say nothing.
    private static Wish transfer(String arguments) {
        JsonMessage message;
        try {
            message = JsonMessage.parse(arguments.isBlank() ? "{}" : arguments).optional();
        } catch (UnreadableException _) {
            message = JsonMessage.empty();
        }
        return new Wish.Transfer(
                message.text("to").filter(to -> !to.isBlank()), message.text("reason").orElse(""));
    }
}
