package io.sandalphone.brain;

/// Takes a brain's answer while it comes.
public interface BrainReply {
    /// More of what is to be said: as much or as little as the brain has, the spaces between words included, and never a
    /// part of a character. All pieces, one after the other, are the answer. It may be written as for the eye, with
    /// Markdown or lists; whoever speaks it makes it speakable.
    void text(String piece);

    /// What is to happen once everything said so far has been heard. One that the [request][BrainRequest#abilities] did
    /// not offer is not to come; the last one counts.
    void wish(Wish wish);

    /// Nothing is to be said to this, which is no failure: whoever is asked only listens.
    default void silence() {}
}
