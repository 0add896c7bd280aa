package io.sandalphone.telephony.asterisk;

import io.sandalphone.config.Finding;
import io.sandalphone.telephony.SipAddress;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks an Asterisk whether a controller with these settings could work with it: reachable, knows the
/// user, hands calls to us, has the trunk, and the trunk knows it. Changes nothing there. A finding names the
/// controller's setting to change, or the key of `asterisk-conf/values.example`.
public final class AsteriskCheck {
    private static final String APPLICATION = "SP_APPLICATION";
    static final String TRUNK_MODE = "SP_TRUNK_MODE";
    static final String TRUNK_HOST = "SP_TRUNK_HOST";
    static final String TRUNK_BACKUP = AsteriskCarrier.SECOND_POP;

    /// The endpoints of the rendered configuration, where the trunk has two POPs.
    private static final String FIRST_POP = "voipms-1";

    private static final String BACKUP_POP = "voipms-2";
    private static final String TRUNK_TRANSPORT = "SP_TRUNK_TRANSPORT";
    private static final String TRUNK_ADDRESSES = "SP_TRUNK_ADDRESSES";
    private static final String MEDIA_NETWORKS = "SP_MEDIA_NETWORKS";
    private static final String WAY_BACK = "SP_WAY_BACK";
    private static final Path OWN_PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private final AsteriskSettings settings;
    private final int maxConcurrentCalls;
    private final boolean mediaStreams;
    private final List<Finding> findings = new ArrayList<>();

    /// `maxConcurrentCalls` is the controller's own limit. With `mediaStreams` calls may be shared with a carrier that
    /// could send somebody back by SIP.
    public AsteriskCheck(AsteriskSettings settings, int maxConcurrentCalls, boolean mediaStreams) {
        this.settings = settings;
        this.mediaStreams = mediaStreams;
        this.maxConcurrentCalls = maxConcurrentCalls;
    }

    /// Blocks for a few request time-outs at most. Once.
    public List<Finding> check() throws InterruptedException {
        mediaAddress();
        try (var asterisk = new AsteriskRest(settings.ari())) {
            HttpResponse<String> bridges = asterisk.get("/bridges");
            switch (bridges.statusCode()) {
                case 200 -> {
                    if (AsteriskRest.isList(bridges)) {
                        version(bridges);
                        trunk(asterisk.metrics(), globals(asterisk));
                    } else {
                        notAri("no list of bridges");
                    }
                }
                case 401, 403 ->
                        fault(
                                "asterisk.ari.user, asterisk.ari.password",
                                "Asterisk does not know this user and password");
                case 503 -> fault("", "Asterisk at " + settings.ari().uri() + " is still starting");
                default -> notAri("status " + bridges.statusCode());
            }
        } catch (IOException e) {
            fault(
                    "asterisk.ari.url",
                    "no answer from " + settings.ari().uri() + ": " + e.getClass().getSimpleName());
        }
        return List.copyOf(findings);
    }

    private void notAri(String answer) {
        fault("asterisk.ari.url", "what answers there is not Asterisk's REST interface: " + answer);
    }

    private void ok(String message) {
        findings.add(Finding.ok(message));
    }

    private void warning(String setting, String message) {
        findings.add(Finding.warning(setting, message));
    }

    private void fault(String setting, String message) {
        findings.add(Finding.fault(setting, message));
    }

    /// Whether sound can be received where the settings say.
    private void mediaAddress() {
        String address = settings.mediaAddress();
        try (var _ = new DatagramSocket(0, InetAddress.getByName(address))) {
            ok("sound is received at " + address);
        } catch (UnknownHostException | SocketException e) {
            fault("asterisk.media.address", address + " is no address of this host");
        }
    }

    /// What answers, as it calls itself: `Asterisk/22.10.1~dfsg`.
    private void version(HttpResponse<String> response) {
        String name = response.headers().firstValue("Server").orElse("");
        if (name.startsWith("Asterisk/22.10.")) {
            ok(name.replace('/', ' ') + " at " + settings.ari().uri());
        } else {
            warning(
                    "",
                    "expected Asterisk 22.10, found "
                            + (name.startsWith("Asterisk/") ? name.replace('/', ' ') : "another"));
        }
    }

    private Map<String, String> globals(AsteriskRest asterisk) throws InterruptedException {
        Map<String, String> globals;
        try {
            globals =
                    asterisk.globals(
                            List.of(
                                    APPLICATION,
                                    AsteriskCarrier.MAX_CONCURRENT_CALLS,
                                    AsteriskCarrier.RTP_PORTS,
                                    AsteriskCarrier.LEGS,
                                    TRUNK_MODE,
                                    TRUNK_HOST,
                                    TRUNK_BACKUP,
                                    TRUNK_TRANSPORT,
                                    TRUNK_ADDRESSES,
                                    MEDIA_NETWORKS,
                                    WAY_BACK));
        } catch (IOException e) {
            warning("", "the dialplan cannot be asked: " + e.getMessage());
            return Map.of();
        }
        if (!globals.containsKey(APPLICATION)) {
            warning("", "the dialplan is not that of asterisk-conf, and is not checked");
            return Map.of();
        }
        application(globals.getOrDefault(APPLICATION, ""));
        room(globals.getOrDefault(AsteriskCarrier.MAX_CONCURRENT_CALLS, ""));
        ports(globals.getOrDefault(AsteriskCarrier.RTP_PORTS, ""));
        legs(globals.getOrDefault(AsteriskCarrier.LEGS, ""));
        wayBack(globals.getOrDefault(WAY_BACK, ""));
        return globals;
    }

    private void application(String name) {
        String ours = settings.ari().application();
        if (name.equals(ours)) {
            ok("the dialplan hands calls to the application " + ours);
        } else {
            fault(
                    "asterisk.ari.application",
                    "the dialplan hands calls to the application " + name + ", not to " + ours);
        }
    }

    private void room(String most) {
        if (!most.matches("[0-9]{1,6}")) {
            return;
        }
        if (Integer.parseInt(most) < maxConcurrentCalls) {
            warning(
                    "limits.max-concurrent-calls",
                    "Asterisk takes "
                            + most
                            + " calls at once (MAX_CONCURRENT_CALLS), not "
                            + maxConcurrentCalls);
        } else {
            ok("Asterisk takes " + most + " calls at once");
        }
    }

    /// Whether the dialplan knows legs whose sound passes through us; one that was rendered before there were
    /// any does not.
    private void legs(String at) {
        String ours = settings.legs().address() + ":" + settings.legs().port();
        if (at.isEmpty()) {
            warning(
                    "",
                    "the dialplan is too old for calls with another carrier or a browser: render"
                            + " asterisk-conf anew, and reload Asterisk");
        } else if (settings.legs().port() != 0 && !at.equals(ours)) {
            fault(
                    "asterisk.legs",
                    "Asterisk opens the connections of legs at " + at + ", not at " + ours);
        } else {
            ok("calls with another carrier or a browser can be joined");
        }
    }

    /// Whether those whose other party is behind Asterisk come back to them when the controller is gone: it must send
    /// them, and Asterisk let them in, `from` being the addresses from which it does.
    private void wayBack(String from) {
        Optional<SipAddress> way = settings.wayBack();
        if (way.isEmpty() && !from.isEmpty()) {
            warning(
                    "asterisk.way-back",
                    "Asterisk lets carriers in (WAY_BACK_ADDRESSES), but nobody is sent back: it is"
                            + " none");
        } else if (way.isEmpty()) {
            if (mediaStreams) {
                ok(
                        "no way back (asterisk.way-back): should the controller die, whoever talks"
                                + " with somebody at another carrier hears a sentence, and is"
                                + " released");
            }
        } else if (from.isEmpty()) {
            fault(
                    "WAY_BACK_ADDRESSES",
                    "Asterisk lets no carrier in, so asterisk.way-back leads nowhere");
        } else if (way.get().transport().filter(name -> !name.equals("udp")).isPresent()) {
            warning(
                    "asterisk.way-back",
                    "asterisk-conf has SIP over UDP alone, so "
                            + way.get()
                            + " must be something that passes it on");
        } else {
            ok(
                    "should the controller die, carriers send people back to "
                            + way.get()
                            + ", and are let in from "
                            + from.replace(",", ", "));
        }
    }

    /// Whether Linux gives ports of Asterisk's range to other programs.
    private void ports(String range) {
        try {
            String[] ours = range.split("-", -1);
            String[] others = ownPorts().trim().split("\\s+", -1);
            if (Integer.parseInt(ours[1]) >= Integer.parseInt(others[0])
                    && Integer.parseInt(ours[0]) <= Integer.parseInt(others[1])) {
                warning(
                        "RTP_FIRST_PORT, RTP_LAST_PORT",
                        "of the media ports "
                                + range
                                + " Linux gives some to other programs: it takes "
                                + others[0]
                                + "-"
                                + others[1]);
            }
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            warning("", "whether other programs take media ports cannot be found out");
        }
    }

    /// Linux gives the whole of it to the first read alone, so that one must have room for it.
    private static String ownPorts() throws IOException {
        try (InputStream file = Files.newInputStream(OWN_PORTS)) {
            return new String(file.readNBytes(64), StandardCharsets.US_ASCII);
        }
    }

    private void trunk(HttpResponse<String> metrics, Map<String, String> globals) {
        String backup = globals.getOrDefault(TRUNK_BACKUP, "");
        if (metrics.statusCode() == 200) {
            var status = new TrunkStatus(metrics.body());
            endpoint(status);
            if (!backup.isEmpty()) {
                boolean first = answers(status, FIRST_POP);
                boolean second = answers(status, BACKUP_POP);
                pop(first, second, "TRUNK_HOST", globals.getOrDefault(TRUNK_HOST, ""));
                pop(second, first, "TRUNK_BACKUP_HOST", backup);
            }
            if (globals.getOrDefault(TRUNK_MODE, "").equals("registration")) {
                registration(status, "TRUNK_HOST", globals.getOrDefault(TRUNK_HOST, ""));
                if (!backup.isEmpty()) {
                    registration(status, "TRUNK_BACKUP_HOST", backup);
                }
            }
        } else {
            warning(
                    "",
                    "the trunk cannot be looked at: Asterisk's /metrics answers "
                            + metrics.statusCode());
        }
        if ("tls".equals(globals.get(TRUNK_TRANSPORT))) {
            ok("the trunk is reached over TLS, and voices are encrypted (SRTP)");
        }
        if (globals.containsKey(TRUNK_HOST)) {
            addresses("TRUNK_HOST", globals.getOrDefault(TRUNK_HOST, ""), globals);
        }
        if (!backup.isEmpty()) {
            addresses("TRUNK_BACKUP_HOST", backup, globals);
        }
    }

    private static boolean answers(TrunkStatus status, String endpoint) {
        return status.endpoint("PJSIP", endpoint) != TrunkStatus.Endpoint.OFFLINE;
    }

    /// Of one of two POPs. While the other one answers, calls go by that.
    private void pop(boolean answers, boolean otherAnswers, String setting, String host) {
        if (answers) {
            ok(host + " answers");
        } else {
            warning(
                    setting,
                    host
                            + (otherAnswers
                                    ? " does not answer; calls go by the other POP"
                                    : " does not answer, nor does the other POP"));
        }
    }

    private void endpoint(TrunkStatus status) {
        String dialled = settings.trunk().endpoint();
        String technology = dialled.replaceFirst("/.*", "");
        String name = dialled.replaceFirst(".*[@/]", "");
        switch (status.endpoint(technology, name)) {
            case ABSENT ->
                    fault(
                            "asterisk.trunk.endpoint",
                            "Asterisk has no endpoint " + technology + "/" + name);
            case OFFLINE ->
                    fault(
                            "TRUNK_HOST",
                            "trunk " + name + " does not answer, and Asterisk dials nobody by it");
            case ONLINE -> ok("trunk " + name + " is online");
            case UNKNOWN ->
                    warning("asterisk.trunk.endpoint", "trunk " + name + " is in no known state");
        }
    }

    private void registration(TrunkStatus status, String setting, String host) {
        switch (status.registration(host)) {
            case REGISTERED -> ok("registered at " + host);
            case REJECTED ->
                    fault(
                            "TRUNK_ACCOUNT, TRUNK_PASSWORD",
                            host + " rejects the registration: no call arrives");
            case NONE -> fault(setting, host + " does not answer to the registration");
        }
    }

    /// Whether calls and media from where we dial to would be let in.
    private void addresses(String setting, String pop, Map<String, String> globals) {
        String host = pop.replaceFirst(":[0-9]+$", "");
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            fault(setting, "no address is known of " + host);
            return;
        }
        var calls = new Networks(globals.getOrDefault(TRUNK_ADDRESSES, ""));
        var media = new Networks(globals.getOrDefault(MEDIA_NETWORKS, ""));
        boolean fenced = false;
        for (InetAddress each : found) {
            if (each instanceof Inet4Address address) {
                String place = host + " (" + address.getHostAddress() + ")";
                if (!calls.contains(address)) {
                    fault("TRUNK_ADDRESSES", "calls from " + place + " are refused");
                    fenced = true;
                }
                if (!media.contains(address)) {
                    warning("MEDIA_NETWORKS", "the firewall drops media from " + place);
                    fenced = true;
                }
            }
        }
        if (!fenced) {
            ok("calls and media from " + host + " are let in");
        }
    }
}
