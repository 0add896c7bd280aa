package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.notices.Condition;
import io.sandalphone.notices.NoticeKind;
import io.sandalphone.ops.HttpTls;
import io.sandalphone.ops.SelfSigned;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What is found of what operators are told.
class NoticeSourcesTest {
    @TempDir private Path folder;

    @Test
    void providers_that_do_not_work_are_told_by_their_names_and_without_the_reason()
            throws Exception {
        Map<String, Supplier<Optional<String>>> providers = new LinkedHashMap<>();
        providers.put("asterisk", Optional::empty);
        providers.put("translator google", () -> Optional.of("10.0.0.7 refuses +15551230009"));
        assertEquals(
                Optional.of(List.of(Condition.of(NoticeKind.PROVIDER_DOWN, "translator google"))),
                NoticeSources.providers(providers).look().now());
    }

    @ParameterizedTest
    @CsvSource({"0, 90, ''", "70, 90, ''", "80, 90, 9", "100, 90, 0"})
    void a_certificate_is_told_when_it_should_have_been_renewed(int age, int days, String left)
            throws Exception {
        HttpTls files = new SelfSigned(folder, age, days).files();
        Settings settings = settings(files);
        Optional<List<Condition>> found =
                NoticeSources.certificates(settings, InstantSource.system()).look().now();
        assertEquals(
                Optional.of(
                        left.isEmpty()
                                ? List.of()
                                : List.of(
                                        new Condition(
                                                NoticeKind.CERTIFICATE_ENDING,
                                                "http",
                                                OptionalLong.empty(),
                                                OptionalLong.of(Long.parseLong(left))))),
                found);
        Files.writeString(files.certificate(), "half a certi");
        assertEquals(
                Optional.empty(),
                NoticeSources.certificates(settings, InstantSource.system()).look().now());
    }

    private static Settings settings(HttpTls files) throws Exception {
        var tree = JsonNodeFactory.instance.objectNode();
        var http = tree.putObject("http").put("token", "0123456789abcdef0123");
        http.putObject("tls")
                .put("certificate", files.certificate().toString())
                .put("key", files.key().toString());
        return new SettingsReader(Map.of(), Engines.providers()).read(tree).settings();
    }
}
