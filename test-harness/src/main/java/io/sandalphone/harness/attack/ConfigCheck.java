package io.sandalphone.harness.attack;

import io.sandalphone.app.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What `config --check` says of a file.
///
/// @param code its exit code
/// @param text all it printed
public record ConfigCheck(int code, String text) {
    private static final String TOKEN = "0123456789abcdef-operators";
    private static final String PASSWORD = "hunter2-hunter2-hunter2";

    /// The environment that is checked in: every secret a file may name.
    public static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "SANDALPHONE_ARI_PASSWORD", PASSWORD,
                    "SANDALPHONE_TOKEN", TOKEN,
                    "ASSEMBLYAI_API_KEY", "a-key-of-assemblyai",
                    "GOOGLE_TRANSLATE_API_KEY", "a-key-of-google",
                    "AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE",
                    "AWS_SECRET_ACCESS_KEY", "a-secret-of-amazon");

    /// A file without a mistake.
    public static final String GOOD =
            """
            asterisk:
              ari:
                password: "${SANDALPHONE_ARI_PASSWORD}"
              trunk:
                caller-id: "+12125550101"
            http:
              token: "${SANDALPHONE_TOKEN}"
            routes:
              "+12125550101":
                destination: "+525512345678"
            limits:
              destinations: ["+52*"]
            """;

    /// Checks a file of these bytes (ISO 8859-1).
    public static ConfigCheck of(Path folder, String content) throws IOException {
        Path file =
                Files.write(
                        folder.resolve("sandalphone.yaml"),
                        content.getBytes(StandardCharsets.ISO_8859_1));
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        int code = Main.run(ENVIRONMENT, writer, writer, "config", "--check", file.toString());
        return new ConfigCheck(code, out.toString());
    }

    /// Whether it was refused as wrong, naming `where`: a key or a line.
    public boolean refuses(String where) {
        return code == 2 && text.contains(where);
    }

    /// Whether it was refused as wrong, with this line of the file.
    public boolean refusesLine(int line) {
        return code == 2 && text.matches("(?s).*(:|\\bline )" + line + "\\b.*");
    }

    /// Whether it shows a secret.
    public boolean tellsSecrets() {
        return List.of(TOKEN, PASSWORD).stream().anyMatch(text::contains);
    }

    @Override
    public String toString() {
        return "exit " + code + ", " + text;
    }
}
