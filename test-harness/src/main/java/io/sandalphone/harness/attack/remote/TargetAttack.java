package io.sandalphone.harness.attack.remote;

import io.sandalphone.harness.attack.Tries;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// What is tried at a [Target], and what is not. It calls nobody, ends no call, and its loops end.
public final class TargetAttack {
    private static final int ITEMS = 34;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Target target;
    private final Duration patience;
    private final IntFunction<String> elsewhere;

    /// `elsewhere` says of an item how it is tried instead.
    public TargetAttack(Target target, IntFunction<String> elsewhere) {
        this(target, elsewhere, PATIENCE);
    }

    /// The same; a connection that says nothing has `patience` to be closed.
    public TargetAttack(Target target, IntFunction<String> elsewhere, Duration patience) {
        this.target = target;
        this.elsewhere = elsewhere;
        this.patience = patience;
    }

    /// What [#run] will do, for whoever is to agree to it.
    public List<String> plan() {
        List<String> plan = new ArrayList<>();
        plan.add("This sends, from this machine, to these addresses and no others:");
        InetSocketAddress sip = target.sip();
        if (sip != null) {
            plan.add(
                    "  SIP   %s: an OPTIONS, a REGISTER, and an INVITE to no number that requires an"
                            .formatted(text(sip)));
            plan.add("        extension which nobody has (RFC 3261, 8.2.2.3): nobody is called");
        }
        URI http = target.http();
        if (http != null) {
            plan.add(
                    "  HTTP  %s: %d half-sent requests, held until they are closed, %d s at most;"
                            .formatted(http, HttpTries.HELD, patience.toSeconds()));
            plan.add("        four refused tokens");
            if (!target.token().isEmpty()) {
                plan.add(
                        "        with the token: some sixty malformed requests and, only while no");
                plan.add("        call lives, requests to end calls whose ids no call can have");
            }
        }
        InetSocketAddress ari = target.ari();
        if (ari != null) {
            plan.add(
                    "  ARI   %s: a connection; where it is let in (on the server itself), three"
                            .formatted(text(ari)));
            plan.add(
                    "        refused log-ins and %d idle connections, held until they are closed"
                            .formatted(AriTries.HELD));
        }
        plan.add("With fail2ban as shipped a fifth refused token within ten minutes shuts this");
        plan.add(
                "machine out: wait so long before the next run. Not while people talk, and only"
                        + " at");
        plan.add("a server of your own.");
        return plan;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    /// Tries it, has a line printed for each item, and returns whether all of those that were tried
    /// hold.
    public boolean run(Consumer<String> lines) {
        boolean ok = true;
        for (int number : IntStream.rangeClosed(1, ITEMS).toArray()) {
            List<Try> some = tries(number);
            if (some.isEmpty()) {
                lines.accept("%02d --      %s".formatted(number, elsewhere.apply(number)));
                continue;
            }
            long begin = System.nanoTime();
            var tries = new Tries();
            for (Try each : some) {
                try {
                    each.run(tries);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                } catch (Exception e) {
                    tries.broken("trying it", String.valueOf(e));
                }
            }
            ok &= tries.ok();
            lines.accept(
                    "%02d %-6s  %s: %s (%d s)"
                            .formatted(
                                    number,
                                    tries.ok() ? "ok" : "NOT OK",
                                    String.join("; ", some.stream().map(Try::what).toList()),
                                    tries.happened(),
                                    (System.nanoTime() - begin) / 1_000_000_000));
        }
        return ok;
    }

    /// What of an item can be tried at the addresses that were named.
    private List<Try> tries(int number) {
        List<Try> tries = new ArrayList<>();
        InetSocketAddress sip = target.sip();
        InetSocketAddress ari = target.ari();
        URI url = target.http();
        if (url != null) {
            var http = new HttpTries(url, target.token(), patience);
            switch (number) {
                case 25 -> tries.add(new Try("half-sent requests to HTTP", http::halfSent));
                case 29 ->
                        tries.add(
                                new Try("blank tokens, and tokens sent in the clear", http::blank));
                case 30 ->
                        tries.add(new Try("HEAD, wrong tokens, broken requests", http::malformed));
                case 33 -> {
                    if (!target.token().isEmpty()) {
                        tries.add(
                                new Try(
                                        "requests whose end can be read in two ways",
                                        http::ambiguous));
                    }
                }
                default -> {}
            }
        }
        if (ari != null) {
            var asked = new AriTries(ari, patience);
            switch (number) {
                case 25 -> tries.add(new Try("idle connections to ARI", asked::idle));
                case 26 -> tries.add(new Try("ARI from here", asked::reached));
                case 30 -> tries.add(new Try("wrong log-ins at ARI", asked::refused));
                default -> {}
            }
        }
        if (sip != null && number == 26) {
            tries.add(
                    new Try("SIP from somebody who is not the trunk", new SipTries(sip)::refused));
        }
        return tries;
    }

    /// A step: what is tried, in a few words, and how.
    private record Try(String what, Steps steps) {
        void run(Tries tries) throws Exception {
            steps.run(tries);
        }
    }

    /// Writes down in `tries` what came of it.
    @FunctionalInterface
    private interface Steps {
        void run(Tries tries) throws Exception;
    }
}
