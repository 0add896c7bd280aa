package io.sandalphone.ops;

import io.sandalphone.web.PageFiles;
import io.vertx.ext.web.Router;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The operators' page, `/`, and its files. They say nothing of calls and need no token: the page asks for it, and shows with it
/// what [OperatorPaths] answer.
final class OperatorPage {
    private static final PageFiles FILES =
            new PageFiles(OperatorPage.class, "page", "microphone=(), camera=(), geolocation=()");

    /// What the page consists of beside itself.
    private static final List<String> PARTS =
            List.of("page.css", "app.js", "feed.js", "board.js", "row.js");

    private static final Set<String> PATHS =
            Stream.concat(Stream.of("/"), PARTS.stream().map(OperatorPage::path))
                    .collect(Collectors.toUnmodifiableSet());

    private OperatorPage() {}

    /// Whether a request for `path` is one for the page or a file of it.
    static boolean has(String path) {
        return PATHS.contains(path);
    }

    static void mount(Router router) {
        OperatorPaths.read(router, "/", FILES.file("page.html"));
        for (String name : PARTS) {
            OperatorPaths.read(router, path(name), FILES.file(name));
        }
    }

    private static String path(String name) {
        return "/page/" + name;
    }
}
