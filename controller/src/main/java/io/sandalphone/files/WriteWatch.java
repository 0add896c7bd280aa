package io.sandalphone.files;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.Optional;

/// Whether a file that is written again and again could be written the last time, with a line in the log whenever that changes.
///
/// One thread at a time tells; any may ask.
public final class WriteWatch {
    private static final Logger log = LoggerFactory.getLogger(WriteWatch.class);

    private final String what;
    private final String setting;
    private final Path file;
    private volatile @Nullable String failing;

    /// `what` is in `file`, such as `journal of calls`; `setting` names the file.
    public WriteWatch(String what, String setting, Path file) {
        this.what = what;
        this.setting = setting;
        this.file = file;
    }

    /// It was written.
    public void written() {
        if (failing != null) {
            log.atInfo().addKeyValue("what", what).log("file is written again");
        }
        failing = null;
    }

    /// It could not be written, for `reason`, and will be tried again.
    public void failed(String reason) {
        if (failing == null) {
            log.atWarn()
                    .addKeyValue("what", what)
                    .addKeyValue("setting", setting)
                    .addKeyValue("file", file)
                    .addKeyValue("found", reason)
                    .log("file could not be written, tried again");
        }
        failing = reason;
    }

    /// Why it is not written just now, as a sentence; empty when it is.
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(failing)
                .map(reason -> "the %s cannot be written to %s: %s".formatted(what, file, reason));
    }
}
