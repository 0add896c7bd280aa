package io.sandalphone.tools;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The hosts that tools may be at, whatever an agent's settings say.
///
/// @param outside those whose names lead into the internet; an address leads where it leads
/// @param inside those whose names may lead into a private network, or to this machine
public record ToolHosts(Set<String> outside, Set<String> inside) {
    /// None.
    public static final ToolHosts NONE = new ToolHosts(Set.of(), Set.of());

    /// Nobody else says where it leads (RFC 6761, 6.3).
    private static final String THIS_MACHINE = "localhost";

    private static final String EXPECTED = "the name or address of a host, without a port";

    public ToolHosts {
        outside = Set.copyOf(outside);
        inside = Set.copyOf(inside);
    }

    /// Reads the section `tools`.
    public static Setting<ToolHosts> read(Section section) {
        Setting<List<String>> hosts = section.list("hosts", EXPECTED, ToolHosts::host);
        Setting<List<String>> inside = section.list("private-hosts", EXPECTED, ToolHosts::host);
        return section.make(() -> new ToolHosts(Set.copyOf(hosts.get()), Set.copyOf(inside.get())));
    }

    private static String host(String text) {
        if (!text.matches("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+]")) {
            throw new IllegalArgumentException();
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// Whether `url` leads to one of them.
    boolean allow(URI url) {
        if (url.getHost() == null) {
            return false;
        }
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return outside.contains(host) || inside.contains(host);
    }

    /// Whether the name `host` may lead into the internet alone. What is none of them is no tool's: a proxy's.
    boolean staysOutside(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return outside.contains(name) && !inside.contains(name) && !name.equals(THIS_MACHINE);
    }
}
