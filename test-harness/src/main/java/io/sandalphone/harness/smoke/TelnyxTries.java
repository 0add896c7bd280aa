package io.sandalphone.harness.smoke;

import io.sandalphone.harness.smoke.Site.Answer;
import io.sandalphone.harness.smoke.Site.UnreachableException;
import io.sandalphone.harness.telnyx.TelnyxKeys;

import java.util.Map;
import java.util.TreeMap;

/// What Telnyx finds at a deployment, as far as anybody but Telnyx can try it: whose key signs, only Telnyx has.
final class TelnyxTries {
    private static final String VOICE = "/telnyx/voice";
    private static final String STREAM = "/media-stream/";
    // As long as tokens are, and nobody's.
    private static final String GUESS = "AAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String FORM = "application/x-www-form-urlencoded";

    // A call without a number, so that not even a route for any other number rings somebody.
    private static final String BODY = "CallStatus=ringing&Direction=inbound";

    private final Deployment deployment;
    private final Site site;
    private final Report report;

    TelnyxTries(Deployment deployment, Site site, Report report) {
        this.deployment = deployment;
        this.site = site;
        this.report = report;
    }

    void run() {
        boolean[] offered = {true};
        report.reach(
                "POST " + VOICE + ", no signature",
                tried -> {
                    Answer answer = post(Map.of());
                    offered[0] = answer.status() != 404;
                    return offered[0]
                            ? refused(tried, answer)
                            : Finding.untried(tried, "404: there is no section telnyx");
                });
        if (offered[0]) {
            report.reach(
                    "POST " + VOICE + ", a stranger's signature",
                    tried ->
                            refused(
                                    tried,
                                    post(
                                            TelnyxKeys.generate()
                                                    .headers(
                                                            BODY,
                                                            System.currentTimeMillis() / 1000))));
            report.add(
                    Finding.untried(
                            "POST " + VOICE + ", genuine signature",
                            "only Telnyx can sign; scripts/doctor on the server compares what it"
                                    + " can"));
        }
        report.reach("WS " + STREAM + "TOKEN, guessed", this::guessedSocket);
    }

    private Answer post(Map<String, String> headers) throws UnreachableException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", FORM);
        return site.post(deployment.at(VOICE), all, BODY);
    }

    private static Finding refused(String tried, Answer answer) {
        return answer.status() == 403
                ? Finding.good(tried, "403")
                : Finding.wrong(
                        tried,
                        answer.status()
                                + " and not 403: anybody can announce calls; verify-signatures must"
                                + " not be false, telnyx.public-key must be Telnyx'");
    }

    private Finding guessedSocket(String tried) throws UnreachableException {
        Site.Socket socket = site.open(deployment.socket(STREAM + GUESS), Map.of());
        return switch (socket.status()) {
            case 401, 403 -> Finding.good(tried, Integer.toString(socket.status()));
            case 404 -> Finding.untried(tried, "404: there is no carrier of media streams");
            case 101 -> Finding.wrong(tried, "opened: anybody can open media streams");
            default -> Report.upgradeLost(tried, socket.status());
        };
    }
}
