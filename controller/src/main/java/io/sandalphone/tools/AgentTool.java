package io.sandalphone.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Tool;

/// A tool that an agent has in one call.
public interface AgentTool {
    /// The name by which brains call it.
    String name();

    /// What it does, and when to use it, for a brain.
    String description();

    /// What it takes.
    ToolParameters parameters();

    /// Does it. `arguments` fit the [#parameters]. What goes wrong is a result as well.
    ///
    /// Blocks for as long as it may take, which is bounded; an interrupt ends it.
    ToolResult use(ObjectNode arguments) throws InterruptedException;

    /// As a brain is told of it.
    default Tool described() {
        return new Tool(name(), description(), parameters().json());
    }
}
