package io.sandalphone.models;

/// Under what terms a model may be used.
///
/// @param name its usual name, such as MIT
/// @param by who grants it
/// @param asksFor what it asks of whoever uses the model, in a few words
public record Licence(String name, String by, String asksFor) {
    /// Whether an operator must agree before the model is fetched: where attribution is not all.
    public boolean needsAgreement() {
        return !asksFor.equals("attribution");
    }

    @Override
    public String toString() {
        return name + ", by " + by + ", asks for " + asksFor;
    }
}
