package io.sandalphone.speech;

/// What an engine can be asked for. In settings, metrics and the breakers' names: in lower case.
public enum Capability {
    TRANSCRIBER,
    TRANSLATOR,
    SYNTHESIZER,
    /// Speech in, translated speech out: a [DirectInterpreter].
    DIRECT
}
