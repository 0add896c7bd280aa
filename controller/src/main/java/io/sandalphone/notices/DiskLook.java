package io.sandalphone.notices;

import io.sandalphone.files.FreeSpace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks how much room is left where something is written.
///
/// @param folders by what is written there, such as `ledger`: that is what is told, and no path
/// @param leastFreeBytes with less a disk is nearly full
public record DiskLook(Map<String, Path> folders, long leastFreeBytes)
        implements NoticeSource.Look {
    public DiskLook {
        folders = new LinkedHashMap<>(folders);
    }

    /// One for each disk, under the first name of what is written there. What cannot be looked at is left out.
    @Override
    public Optional<List<Condition>> now() {
        Map<Object, Map.Entry<String, Path>> disks = new LinkedHashMap<>();
        for (Map.Entry<String, Path> written : folders.entrySet()) {
            disk(written.getValue()).ifPresent(disk -> disks.putIfAbsent(disk, written));
        }
        List<Condition> full = new ArrayList<>();
        for (Map.Entry<String, Path> written : disks.values()) {
            if (FreeSpace.of(written.getValue()) < leastFreeBytes) {
                full.add(Condition.of(NoticeKind.DISK_NEARLY_FULL, written.getKey()));
            }
        }
        return Optional.of(full);
    }

    private static Optional<Object> disk(Path folder) {
        try {
            return Optional.of(Files.getAttribute(folder, "unix:dev"));
        } catch (IOException _) {
            // There is no such folder yet, or no more: whoever writes there says so.
            return Optional.empty();
        }
    }
}
