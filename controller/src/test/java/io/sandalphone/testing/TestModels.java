package io.sandalphone.testing;

import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelException;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.models.ModelStore;

import java.nio.file.Path;

/// The model files that tests load: those of the cache folder, as `scripts/models` fetches them.
public final class TestModels {
    private TestModels() {}

    /// Where they are.
    public static ModelFolder folder() {
        return ModelFolder.standard(System.getenv());
    }

    /// The file of the model `name`, which the test requires by [RequiresModel].
    public static Path file(String name) throws ModelException {
        return folder().checked(Manifest.bundled().model(name));
    }

    /// Fetches the model `name` unless it is there; why that cannot be, or nothing.
    static String fetch(String name) {
        var manifest = Manifest.bundled();
        try {
            new ModelStore(manifest, folder(), System.getenv())
                    .get(manifest.model(name), false, System.err::println);
            return "";
        } catch (ModelException failure) {
            return String.valueOf(failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
