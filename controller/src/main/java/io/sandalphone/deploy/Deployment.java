package io.sandalphone.deploy;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/// What of the settings matters to the machine around the gateway.
///
/// @param publicHost the host of `public-url`, if carriers or browsers reach the gateway by one
/// @param publicPort its port
/// @param listeners the addresses the gateway listens at, by the section of the settings that has them
/// @param maxCalls how many calls may live at once
/// @param asterisk whether calls come over Asterisk
/// @param fallbackRoutes who is rung for each number whose calls ring a telephone, as Asterisk's file of values has it
/// @param recognizesHere whether speech is recognized on this machine
public record Deployment(
        Optional<String> publicHost,
        int publicPort,
        Map<String, InetSocketAddress> listeners,
        int maxCalls,
        boolean asterisk,
        Map<String, String> fallbackRoutes,
        boolean recognizesHere) {
    public Deployment {
        fallbackRoutes = Map.copyOf(fallbackRoutes);
        listeners = Map.copyOf(listeners);
    }
}
