package io.sandalphone.harness.smoke;

import io.sandalphone.harness.smoke.Site.Answer;
import io.sandalphone.harness.smoke.Site.UnreachableException;
import io.sandalphone.harness.twilio.TwilioSignature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tries a deployment from outside, without calling anybody: calls that are announced name no number,
/// which is refused behind the signature or token alone, and sockets are opened that nobody announced.
final class Smoke {
    private static final String VOICE = "/twilio/voice";
    private static final String STREAM = "/twilio/stream";
    private static final Map<String, String> FORM =
            Map.of("Content-Type", "application/x-www-form-urlencoded");

    private final Deployment deployment;
    private final Site site;
    private final Report report;

    private Smoke(Deployment deployment, Site site, Report report) {
        this.deployment = deployment;
        this.site = site;
        this.report = report;
    }

    /// Tries everything and tells `reader` of each finding as it comes.
    static List<Finding> run(Deployment deployment, Site site, Consumer<Finding> reader) {
        var report = new Report(reader);
        var smoke = new Smoke(deployment, site, report);
        smoke.encryption();
        if (report.reach("GET /health", smoke::health)) {
            smoke.operators();
            smoke.twilio();
            new TelnyxTries(deployment, site, report).run();
            new ClientTries(deployment, site, report).run();
            smoke.telephoneSystem();
        }
        return report.findings();
    }

    private void encryption() {
        if (deployment.base().getScheme().equals("http") && !deployment.isLocal()) {
            report.add(
                    Finding.wrong(
                            "TLS",
                            "carriers open media streams by TLS alone: give an https address"));
        }
    }

    private Finding health(String tried) throws UnreachableException {
        Answer answer = site.get(deployment.at("/health"), Map.of());
        String status = status(answer.body());
        if (status.isEmpty()) {
            return Finding.wrong(
                    tried,
                    answer.status()
                            + ", and not the gateway's words: is this its host, or a proxy"
                            + " that leads elsewhere?");
        }
        return status.equals("up")
                ? Finding.good(tried, "200, up")
                : Finding.wrong(
                        tried,
                        answer.status() + ", " + status + ": ask scripts/doctor on the server");
    }

    private static String status(String body) {
        try {
            return new JsonObject(body).getString("status", "");
        } catch (DecodeException | ClassCastException e) {
            return "";
        }
    }

    private void operators() {
        if (!deployment.operatorsArePublic()) {
            report.reach(
                    "GET /sessions, from outside",
                    tried -> {
                        Answer answer = site.get(deployment.at("/sessions"), Map.of());
                        return answer.status() == 404
                                ? Finding.good(tried, "404, operators' paths are not offered here")
                                : Finding.wrong(
                                        tried,
                                        answer.status()
                                                + ": operators' paths are offered to everybody; if"
                                                + " that is wanted, give --operator-url");
                    });
        }
        String sessions = "GET /sessions, operators";
        if (deployment.operators().isEmpty()) {
            report.add(Finding.untried(sessions, "--operator-url says where"));
            return;
        }
        URI at = deployment.operators().get().resolve("/sessions");
        report.reach(
                "GET /sessions, operators, no token",
                tried -> expect(tried, 401, site.get(at, Map.of()), "the token is not asked for"));
        if (deployment.token().isEmpty()) {
            report.add(Finding.untried(sessions, "SANDALPHONE_TOKEN is not set"));
        } else {
            report.reach(
                    sessions,
                    tried ->
                            expect(
                                    tried,
                                    200,
                                    site.get(at, bearer()),
                                    "SANDALPHONE_TOKEN is not the operators' token there"));
        }
    }

    private Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + deployment.token().orElse(""));
    }

    private static Finding expect(String tried, int wanted, Answer answer, String otherwise) {
        return answer.status() == wanted
                ? Finding.good(tried, Integer.toString(wanted))
                : Finding.wrong(tried, answer.status() + " and not " + wanted + ": " + otherwise);
    }

    private void twilio() {
        // Without a number, so that not even a route for any other number rings somebody.
        Map<String, String> form = Map.of("CallStatus", "ringing", "Direction", "inbound");
        String body = encoded(form);
        boolean[] offered = {true};
        report.reach(
                "POST " + VOICE + ", no signature",
                tried -> {
                    Answer answer = site.post(deployment.at(VOICE), FORM, body);
                    offered[0] = answer.status() != 404;
                    return offered[0]
                            ? expect(
                                    tried,
                                    403,
                                    answer,
                                    "anybody can announce calls; verify-signatures must not be"
                                            + " false")
                            : Finding.untried(tried, "404: there is no section twilio");
                });
        if (offered[0]) {
            twilioSigned(form, body);
            report.reach("WS " + STREAM + ", no signature", this::unsignedSocket);
            twilioSocket();
        }
    }

    private void twilioSigned(Map<String, String> form, String body) {
        String signed = "POST " + VOICE + ", genuine signature";
        if (deployment.twilioToken().isEmpty()) {
            report.add(Finding.untried(signed, "TWILIO_AUTH_TOKEN is not set"));
            return;
        }
        report.reach(
                signed,
                tried -> {
                    Map<String, String> headers = new TreeMap<>(FORM);
                    headers.put(
                            "X-Twilio-Signature",
                            TwilioSignature.of(
                                    deployment.twilioToken().get(),
                                    deployment.at(VOICE).toString(),
                                    form));
                    Answer answer = site.post(deployment.at(VOICE), headers, body);
                    if (answer.status() == 403) {
                        return Finding.wrong(
                                tried,
                                "403: public-url is not %s there, or TWILIO_AUTH_TOKEN is not its"
                                                .formatted(deployment.base())
                                        + " twilio.auth-token");
                    }
                    return List.of(200, 400, 422).contains(answer.status())
                            ? Finding.good(
                                    tried,
                                    answer.status()
                                            + ", believed; it announced a call without a number")
                            : Finding.wrong(tried, answer.status() + " and neither 200 nor 400");
                });
    }

    private Finding unsignedSocket(String tried) throws UnreachableException {
        Site.Socket socket = site.open(deployment.socket(STREAM), Map.of());
        return switch (socket.status()) {
            case 401, 403 -> Finding.good(tried, Integer.toString(socket.status()));
            case 101 -> Finding.wrong(tried, "opened: anybody can open media streams");
            default -> Report.upgradeLost(tried, socket.status());
        };
    }

    private void twilioSocket() {
        String signed = "WS " + STREAM + ", genuine signature";
        if (deployment.twilioToken().isEmpty()) {
            report.add(Finding.untried(signed, "TWILIO_AUTH_TOKEN is not set"));
            return;
        }
        report.reach(
                signed,
                tried -> {
                    String signature =
                            TwilioSignature.of(
                                    deployment.twilioToken().get(),
                                    deployment.socket(STREAM).toString(),
                                    Map.of());
                    Site.Socket socket =
                            site.open(
                                    deployment.socket(STREAM),
                                    Map.of("x-twilio-signature", signature),
                                    strangersStart());
                    return switch (socket.status()) {
                        case 101 ->
                                socket.closed() == 0
                                        ? Finding.wrong(
                                                tried, "a stream that nobody announced stays open")
                                        : Finding.good(
                                                tried,
                                                "opened; a stream that nobody announced was closed"
                                                        + " with "
                                                        + socket.closed());
                        case 403 ->
                                Finding.wrong(
                                        tried,
                                        "403: public-url is not %s there, or TWILIO_AUTH_TOKEN is not"
                                                        .formatted(deployment.base())
                                                + " its twilio.auth-token");
                        default -> Report.upgradeLost(tried, socket.status());
                    };
                });
    }

    private static String strangersStart() {
        return new JsonObject()
                .put("event", "start")
                .put("sequenceNumber", "1")
                .put("streamSid", "MZ00000000000000000000000000000000")
                .put(
                        "start",
                        new JsonObject()
                                .put("streamSid", "MZ00000000000000000000000000000000")
                                .put("callSid", "CA00000000000000000000000000000000")
                                .put("accountSid", "AC00000000000000000000000000000000")
                                .put(
                                        "mediaFormat",
                                        new JsonObject()
                                                .put("encoding", "audio/x-mulaw")
                                                .put("sampleRate", 8000)
                                                .put("channels", 1))
                                .put("customParameters", new JsonObject()))
                .encode();
    }

    private void telephoneSystem() {
        String json = new JsonObject().put("callId", "nobody").encode();
        String arrival = new JsonObject().put("from", "nobody").put("format", "ulaw").encode();
        pbx(
                "POST /asterisk/inbound",
                400,
                headers -> site.post(at("inbound"), json(headers), arrival));
        pbx(
                "POST /asterisk/media",
                404,
                headers -> {
                    Map<String, String> sound = new TreeMap<>(headers);
                    sound.put("Content-Type", "audio/basic");
                    return site.post(at("media?callId=nobody&seq=1"), sound, "\u007f".repeat(160));
                });
        pbx(
                "GET /asterisk/egress/next",
                404,
                headers -> site.get(at("egress/next?callId=nobody&wait=0"), headers));
        pbx("POST /asterisk/end", 404, headers -> site.post(at("end"), json(headers), json));
    }

    private URI at(String path) {
        return deployment.at("/asterisk/" + path);
    }

    private static Map<String, String> json(Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return all;
    }

    private interface Request {
        Answer send(Map<String, String> headers) throws UnreachableException;
    }

    /// A path for telephone systems: closed without the token, and with it as good as its word that
    /// there is no such call, or no number.
    private void pbx(String tried, int refusal, Request request) {
        report.reach(
                tried,
                name -> {
                    Answer stranger = request.send(Map.of());
                    if (stranger.status() == 404) {
                        return Finding.untried(name, "404: not offered here");
                    }
                    if (stranger.status() != 401) {
                        return Finding.wrong(
                                name,
                                stranger.status() + " and not 401: the token is not asked for");
                    }
                    if (deployment.token().isEmpty()) {
                        return Finding.good(
                                name, "401 without the token; more with SANDALPHONE_TOKEN");
                    }
                    Answer known = request.send(bearer());
                    if (known.status() == refusal) {
                        return Finding.good(
                                name,
                                "401 without the token, %d for nobody's call".formatted(refusal));
                    }
                    return Finding.wrong(
                            name,
                            known.status() == 401
                                    ? "401: SANDALPHONE_TOKEN is another one there"
                                    : known.status() + " with the token and not " + refusal);
                });
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(
                        each ->
                                URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8)
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
