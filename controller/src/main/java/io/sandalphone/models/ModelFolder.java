package io.sandalphone.models;

import io.sandalphone.config.OperatorCommands;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// The folder that holds the model files of this machine. What has the final name of a file was whole
/// and right when it was put there; [#checked] says whether it still is.
public record ModelFolder(Path path) {
    /// The folder where nothing else is configured: in Sandalphone's cache, which is outside of any
    /// checkout. `environment` says where that is.
    public static ModelFolder standard(Map<String, String> environment) {
        String cache = environment.getOrDefault("SANDALPHONE_CACHE", "");
        if (cache.isEmpty()) {
            String home = environment.getOrDefault("HOME", "");
            String caches =
                    environment.getOrDefault(
                            "XDG_CACHE_HOME", home.isEmpty() ? "/var/cache" : home + "/.cache");
            cache = caches + "/sandalphone";
        }
        return new ModelFolder(Path.of(cache).resolve("models"));
    }

    /// Where `model` is, or would be.
    public Path place(ModelFile model) {
        return path.resolve(model.stored());
    }

    /// Whether a file is there, right or not.
    public boolean has(ModelFile model) {
        return Files.exists(place(model));
    }

    /// The file of `model`, to be loaded now. Reads all of it.
    ///
    /// @throws ModelException when it is not there, or not as the manifest has it
    public Path checked(ModelFile model) throws ModelException {
        Path place = place(model);
        try {
            String fault = fault(model, place);
            if (!fault.isEmpty()) {
                throw new ModelException(
                        "model "
                                + model.name()
                                + " was changed: "
                                + fault
                                + "; "
                                + OperatorCommands.named("models")
                                + " get "
                                + model.name()
                                + " fetches it again");
            }
            return place;
        } catch (NoSuchFileException _) {
            throw new ModelException(
                    "model "
                            + model.name()
                            + " is missing: "
                            + OperatorCommands.named("models")
                            + " get "
                            + model.name()
                            + " fetches it ("
                            + model.size()
                            + ")");
        } catch (IOException unreadable) {
            throw new ModelException(
                    "model " + model.name() + " cannot be read: " + unreadable.getMessage());
        }
    }

    /// What is wrong with `file` as the bytes of `model`, or nothing.
    static String fault(ModelFile model, Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes != model.bytes()) {
            return "it has " + bytes + " bytes, expected " + model.bytes();
        }
        String found = sha256(file);
        return found.equals(model.sha256())
                ? ""
                : "its SHA-256 is " + found + ", expected " + model.sha256();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            int read;
            while ((read = in.read(buffer)) >= 0) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
