package io.sandalphone.translate;

import java.util.Optional;

/// Tells the commands of one listener from the other keys that they press. What may be the beginning of a command is held
/// back until it is one or turns out to be none. Holds no thread and reads no clock.
public final class ListenerKeys {
    /// What comes of a key.
    ///
    /// @param passed the keys that are no command, in their order: the other party may hear them
    /// @param command what is to be done
    public record Pressed(String passed, Optional<KeyCommand> command) {}

    private final KeySettings settings;
    private String held = "";

    public ListenerKeys(KeySettings settings) {
        this.settings = settings;
    }

    /// They pressed `key`.
    public Pressed press(char key) {
        String keys = held + key;
        int passed = 0;
        while (passed < keys.length() && !begins(keys.substring(passed))) {
            passed++;
        }
        held = keys.substring(passed);
        Optional<KeyCommand> command = command(held);
        if (command.isPresent()) {
            held = "";
        }
        return new Pressed(keys.substring(0, passed), command);
    }

    /// Whether keys are held back.
    public boolean holds() {
        return !held.isEmpty();
    }

    /// Nothing more was pressed in time. Gives what was held back.
    public String release() {
        String released = held;
        held = "";
        return released;
    }

    private boolean begins(String keys) {
        return settings.commands().values().stream().anyMatch(command -> command.startsWith(keys));
    }

    private Optional<KeyCommand> command(String keys) {
        return settings.commands().entrySet().stream()
                .filter(each -> each.getValue().equals(keys))
                .map(each -> each.getKey())
                .findFirst();
    }
}
