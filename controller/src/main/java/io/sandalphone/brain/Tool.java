package io.sandalphone.brain;

/// Something that a brain may [use][Toolbox#use] while it answers, as it is described to it.
///
/// @param name letters, digits, `_` and `-`, at most 64
/// @param description what it does, and when to use it, for a language model
/// @param parameters what it takes: a JSON Schema of an object, as JSON
public record Tool(String name, String description, String parameters) {
    /// What a name must look like.
    public static final String NAME = "[a-zA-Z0-9_-]{1,64}";

    public Tool {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not the name of a tool: " + name);
        }
    }
}
