package io.sandalphone.tools;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The hosts that tools may be at, whatever an agent's settings say.
public record ToolHosts(Set<String> names) {
    /// None.
    public static final ToolHosts NONE = new ToolHosts(Set.of());

    private static final String EXPECTED = "the name or address of a host, without a port";

    public ToolHosts {
        names = Set.copyOf(names);
    }

    /// Reads the section `tools`.
    public static Setting<ToolHosts> read(Section section) {
        Setting<List<String>> hosts = section.list("hosts", EXPECTED, ToolHosts::host);
        return section.make(() -> new ToolHosts(Set.copyOf(hosts.get())));
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+]")) {
            throw new IllegalArgumentException();
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// Whether `url` leads to one of them.
    boolean allow(URI url) {
        return url.getHost() != null && names.contains(url.getHost().toLowerCase(Locale.ROOT));
    }
}
