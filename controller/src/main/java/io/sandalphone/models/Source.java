package io.sandalphone.models;

import java.net.URI;
import java.util.List;

/// A place where the bytes of a file can be had. None is trusted: what comes from it counts only when
/// its SHA-256 is the manifest's.
sealed interface Source {
    /// An address that holds the whole file.
    record Web(URI address) implements Source {
        @Override
        public String toString() {
            return String.valueOf(address.getHost());
        }
    }

    /// Packages of the Python package index that hold the file, or its parts in their order.
    record Packages(List<Part> parts) implements Source {
        public Packages {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return "the Python package index";
        }
    }

    /// A file in a package: the package's wheel has the SHA-256 `sha256`, and holds it as `member`.
    record Part(String name, String version, String sha256, String member) {}

    /// Made of the files of these names.
    record Rebuilt(Conversion conversion, List<String> from) implements Source {
        public Rebuilt {
            from = List.copyOf(from);
        }

        @Override
        public String toString() {
            return "rebuilt from " + String.join(" and ", from);
        }
    }

    /// The ways to make one file of others.
    enum Conversion {
        /// Of CTranslate2's weights and a tokenizer's JSON: whisper.cpp's file.
        CTRANSLATE2_TO_GGML,
        /// Of whisper.cpp's file with 16-bit floats: the one with blocks of 8-bit integers.
        GGML_TO_Q8_0
    }
}
