package io.sandalphone.tools;

/// A message that a caller leaves. Printed without it.
///
/// @param callId of the call in which it was taken
/// @param agent who took it
/// @param from the caller's number; empty where it is not known, or not to be told
/// @param name what their telephone shows, likewise
/// @param language in which it is
/// @param text what they want to be told
/// @param callerName how they called themselves; empty where they did not say
/// @param callBack the number at which they want to be called; empty where they did not say
/// @param takenAtMillis when, since the epoch
record Message(
        String callId,
        String agent,
        String from,
        String name,
        String language,
        String text,
        String callerName,
        String callBack,
        long takenAtMillis) {
    @Override
    public String toString() {
        return "Message[%s, %s, %d characters]".formatted(callId, agent, text.length());
    }
}
