package io.sandalphone.agent;

import io.sandalphone.brain.Brain;

/// One agent, ready to take calls: how it talks, and what it thinks with. Thread-safe.
public record Agent(AgentSettings settings, Brain brain) {}
