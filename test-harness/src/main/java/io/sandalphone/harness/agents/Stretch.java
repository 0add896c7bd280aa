package io.sandalphone.harness.agents;

/// From when until when something lasts, in milliseconds of a call.
public record Stretch(long from, long until) {}
