package io.sandalphone.harness.sip;

/// Chooses the answer to a call by the number that was called: the user part of the Request-URI.
/// One phone can so be a whole carrier. Called on the phone's signalling thread.
@FunctionalInterface
public interface AnswerPolicy {
    Answer answer(String called);
}
