package io.sandalphone.harness.smoke;

import io.sandalphone.harness.smoke.Site.Answer;
import io.sandalphone.harness.smoke.Site.UnreachableException;
import io.vertx.core.json.JsonObject;

import java.util.Map;
import java.util.UUID;

/// What a browser finds at a deployment: the page, the links that operators make, and the socket. Nobody is let in, and
/// no ticket is made.
final class ClientTries {
    private static final String TICKETS = "/tickets";
    private static final String CLIENT = "/client";
    private static final String PAGE = "/phone";

    private final Deployment deployment;
    private final Site site;
    private final Report report;

    ClientTries(Deployment deployment, Site site, Report report) {
        this.deployment = deployment;
        this.site = site;
        this.report = report;
    }

    void run() {
        boolean[] offered = {true};
        report.reach(
                "GET " + PAGE,
                tried -> {
                    Answer answer = site.get(deployment.at(PAGE), Map.of());
                    offered[0] = answer.status() != 404;
                    return page(tried, answer);
                });
        if (offered[0]) {
            report.reach("POST " + TICKETS, this::tickets);
            report.reach("WS " + CLIENT + ", nobody's ticket", this::stranger);
            report.reach("WS " + CLIENT + ", from another site", this::otherSite);
        }
    }

    private Finding page(String tried, Answer answer) {
        return switch (answer.status()) {
            case 404 -> Finding.untried(tried, "404: there is no section clients");
            case 200 -> {
                if (!answer.body().contains("Sandalphone")) {
                    yield Finding.wrong(
                            tried, "200, and it is another page: a proxy leads elsewhere");
                }
                yield deployment.isSecure()
                        ? Finding.good(tried, "200")
                        : Finding.wrong(
                                tried,
                                "200, but browsers give a page the microphone over https alone");
            }
            default -> Finding.wrong(tried, answer.status() + " and not 200");
        };
    }

    private Finding tickets(String tried) throws UnreachableException {
        // No ticket can be made of this.
        String nothing = "{}";
        Answer stranger = site.post(deployment.at(TICKETS), Map.of(), nothing);
        if (stranger.status() != 401) {
            return Finding.wrong(
                    tried, stranger.status() + " and not 401: the token is not asked for");
        }
        if (deployment.token().isEmpty()) {
            return Finding.good(tried, "401 without the token; more with SANDALPHONE_TOKEN");
        }
        Answer known =
                site.post(
                        deployment.at(TICKETS),
                        Map.of("Authorization", "Bearer " + deployment.token().get()),
                        nothing);
        return switch (known.status()) {
            case 400 -> Finding.good(tried, "401 without the token, 400 for a ticket for nobody");
            case 401 -> Finding.wrong(tried, "401: SANDALPHONE_TOKEN is another one there");
            default -> Finding.wrong(tried, known.status() + " with the token and not 400");
        };
    }

    private Finding stranger(String tried) throws UnreachableException {
        String init =
                new JsonObject()
                        .put("type", "init")
                        .put("callId", UUID.randomUUID().toString())
                        .put("languageHint", "auto")
                        .put("ticket", "nobody's")
                        .encode();
        Site.Socket socket = site.open(deployment.socket(CLIENT), Map.of(), init);
        return switch (socket.status()) {
            case 101 ->
                    socket.closed() == 0
                            ? Finding.wrong(tried, "it is let in: anybody can talk here")
                            : Finding.good(tried, "opened, and closed with " + socket.closed());
            case 503 -> Finding.wrong(tried, "503: as many clients are connected as may be");
            case 403 ->
                    Finding.wrong(
                            tried, "403 without an Origin: a proxy adds one that is not its own");
            default -> Report.upgradeLost(tried, socket.status());
        };
    }

    private Finding otherSite(String tried) throws UnreachableException {
        Site.Socket socket =
                site.open(
                        deployment.socket(CLIENT),
                        Map.of("Origin", "https://elsewhere.example.org"));
        return switch (socket.status()) {
            case 403 -> Finding.good(tried, "403");
            case 101 ->
                    Finding.wrong(tried, "opened: any page can use what a visitor's browser may");
            default -> Report.upgradeLost(tried, socket.status());
        };
    }
}
