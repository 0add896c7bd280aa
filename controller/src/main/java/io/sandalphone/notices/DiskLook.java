package io.sandalphone.notices;

import java.io.IOException;
import java.nio.file.FileStore;
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
        Map<FileStore, String> disks = new LinkedHashMap<>();
        folders.forEach(
                (what, folder) -> store(folder).ifPresent(disk -> disks.putIfAbsent(disk, what)));
        List<Condition> full = new ArrayList<>();
        for (Map.Entry<FileStore, String> disk : disks.entrySet()) {
            try {
                if (disk.getKey().getUsableSpace() < leastFreeBytes) {
                    full.add(Condition.of(NoticeKind.DISK_NEARLY_FULL, disk.getValue()));
                }
            } catch (IOException _) {
                return Optional.empty();
            }
        }
        return Optional.of(full);
    }

    private static Optional<FileStore> store(Path folder) {
        try {
            return Optional.of(Files.getFileStore(folder));
        } catch (IOException _) {
            // There is no such folder yet, or no more: whoever writes there says so.
            return Optional.empty();
        }
    }
}
