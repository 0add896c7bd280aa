package io.sandalphone.brain;

import java.util.List;
import java.util.Optional;

/// What a brain may use while it gives one answer. Which tools there are, where they lead and how often they may be used is
/// decided by the agent's settings; nothing that a caller says, a model writes or a tool returns changes it.
public interface Toolbox {
    /// After so many rounds of tools in one answer a brain has to say something: no tool is used any more.
    int MOST_ROUNDS = 4;

    /// An empty one.
    Toolbox NONE =
            new Toolbox() {
                @Override
                public List<Tool> tools() {
                    return List.of();
                }

                @Override
                public String use(String name, String arguments) {
                    return "error: there is no such tool";
                }
            };

    /// What is in it.
    List<Tool> tools();

    /// Uses the tool of this name with `arguments`, which are JSON, and gives what came of it as a text for the brain. Whatever
    /// goes wrong, a name that is not in it and arguments that do not fit included, is such a text, which begins with `error: `,
    /// and no exception.
    ///
    /// Blocks for as long as the tool may take, which is bounded. An interrupt ends it.
    String use(String name, String arguments) throws InterruptedException;

    /// The tool of this name.
    default Optional<Tool> named(String name) {
        return tools().stream().filter(tool -> tool.name().equals(name)).findFirst();
    }
}
