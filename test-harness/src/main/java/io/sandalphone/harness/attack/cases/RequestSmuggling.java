package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AmbiguousRequests;
import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.RawHttp;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerSettings;

/// Requests whose end a proxy in front would see elsewhere (RFC 9112, sections 2 to 7): a second
/// request hides in what the proxy takes for the first one's body, or the other way round.
final class RequestSmuggling implements AttackCase {
    @Override
    public int number() {
        return 33;
    }

    @Override
    public String tried() {
        return "requests whose end can be read in two ways, byte by byte";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        var http = new RawHttp(lab.host().vps(), ControllerSettings.PORT);
        lab.controller();
        new AmbiguousRequests(
                        http,
                        "POST /calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                + ControllerSettings.TOKEN
                                + "\r\n",
                        "GET /hidden HTTP/1.1\r\nHost: x\r\n")
                .sendAll(lab.random(this), lab.effort().of(12, 80), tries);
    }
}
