package io.sandalphone.call;

/// Where those who let people meet hand up the calls that come of it.
@FunctionalInterface
public interface Meetings {
    /// Called on the loop of the meeting. Takes the connection over, in whatever way it ends: a meeting
    /// counts as one of the calls that may live at once, and is refused as they are.
    void met(Meeting meeting);
}
