package io.sandalphone.call;

import io.sandalphone.config.Finding;
import io.sandalphone.files.StateFile;

import java.io.IOException;
import java.util.Optional;

/// Looks whether calls would outlive the gateway, without writing anything.
public final class JournalCheck {
    private static final String SETTING = "journal.file";

    private JournalCheck() {}

    /// Nothing where the settings name no journal.
    public static Optional<Finding> of(JournalSettings settings) {
        return settings.file().map(path -> of(new JournalFile(path)));
    }

    private static Finding of(JournalFile file) {
        try {
            file.read();
        } catch (IOException unreadable) {
            return Finding.fault(
                    SETTING,
                    file.path()
                            + " cannot be read ("
                            + StateFile.reason(unreadable)
                            + "): at its next start the gateway sets it aside, and who talks then"
                            + " talks on untranslated");
        }
        return file.unwritable()
                .map(why -> Finding.fault(SETTING, why + ": no call outlives the gateway"))
                .orElseGet(() -> Finding.ok("what calls need to go on is in " + file.path()));
    }
}
