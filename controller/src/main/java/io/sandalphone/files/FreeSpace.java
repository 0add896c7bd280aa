package io.sandalphone.files;

import java.nio.file.Path;

/// How much room a disk has left for whoever asks.
public final class FreeSpace {
    private FreeSpace() {}

    /// Bytes that can still be written below `folder`; 0 where there is no such folder.
    public static long of(Path folder) {
        // Not by its FileStore, for which the folder's mount has to be found: in the unit's own
        // view of the disk it is not.
        return folder.toFile().getUsableSpace();
    }
}
