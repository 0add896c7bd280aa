package io.sandalphone.providers.offline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// PocketSphinx's English model: where the acoustic model, the language model and the dictionary are.
record SphinxModel(Path acoustic, Path language, Path dictionary) {
    /// The model as the package `pocketsphinx-en-us` lays it out under `folder`; the same in all
    /// releases.
    static SphinxModel under(Path folder) {
        return new SphinxModel(
                folder.resolve("en-us"),
                folder.resolve("en-us.lm.bin"),
                folder.resolve("cmudict-en-us.dict"));
    }

    /// What of it is not there.
    List<Path> missing() {
        var missing = new ArrayList<Path>();
        for (var path : List.of(acoustic.resolve("mdef"), language, dictionary)) {
            if (!Files.isReadable(path)) {
                missing.add(path);
            }
        }
        return missing;
    }
}
