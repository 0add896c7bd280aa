package io.sandalphone.telephony.markup;

import io.sandalphone.config.Finding;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.NumberPlan;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is found out about a number at a carrier: whether its calls are announced here, and elsewhere while we
/// are down.
public final class NumberFindings {
    private final String carrier;
    private final StreamSettings streams;
    private final List<Finding> findings = new ArrayList<>();

    /// `carrier` is its name as people write it: `Twilio`.
    public NumberFindings(String carrier, StreamSettings streams) {
        this.carrier = carrier;
        this.streams = streams;
    }

    /// What was found so far, in order.
    public List<Finding> all() {
        return List.copyOf(findings);
    }

    /// Whether the carrier can be told where to connect, and whether its requests are checked; `held` says
    /// against what, for whoever compares it with the console.
    public void signatures(String held) {
        if (streams.publicUrl().isEmpty()) {
            fault(
                    "public-url",
                    "none: " + carrier + " cannot be told where to connect its sockets");
        }
        if (!streams.verifySignatures()) {
            warning("verify-signatures", "off: whoever reaches the listener is believed");
        } else if (streams.publicUrl().isPresent()) {
            ok(held);
        }
    }

    /// Whether calls are announced at our `path`; `theirs` is where they are, `place` what must hold ours.
    public void webhook(String theirs, String path, String place) {
        Optional<PublicUrl> url = streams.publicUrl();
        if (url.isEmpty()) {
            return;
        }
        String ours = url.get().web(path);
        if (theirs.equals(ours)) {
            ok("the number's calls are announced at " + ours);
        } else {
            fault(
                    "public-url",
                    "the number's calls are announced "
                            + (theirs.isEmpty() ? "nowhere" : "at " + withoutQuery(theirs))
                            + "; "
                            + place
                            + " must be "
                            + ours);
        }
    }

    /// An operator may have put a password into the query.
    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
    }

    /// Whether somebody else is asked while we are down; `fallback` is who.
    public void fallback(String fallback) {
        if (fallback.isEmpty()) {
            warning(
                    "",
                    "the number has no fallback URL: who calls while the gateway is down hears an"
                            + " error and is connected with nobody");
        } else if (isHere(fallback)) {
            warning(
                    "",
                    "the number's fallback URL is this gateway, which is down when it is asked");
        } else {
            ok("the number has a fallback URL");
        }
    }

    /// Of which country `number` is, and in which ones somebody may be dialled: whether the carrier allows it is to be
    /// looked up at `place`, since its interface tells it in no way that we know.
    public void countries(E164 number, Set<String> dialled, String place) {
        String own = NumberPlan.region(number).orElse("");
        if (own.isEmpty()) {
            warning("", "the number is of no country that its plan knows");
        } else {
            ok("the number is of " + own);
        }
        if (!dialled.isEmpty()) {
            warning(
                    "",
                    "not to be found out from here: "
                            + place
                            + " must allow calls to "
                            + String.join(", ", dialled)
                            + " (limits.destinations), and should allow no others");
        }
    }

    private boolean isHere(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return streams.publicUrl().filter(ours -> lower.startsWith(ours.web("/"))).isPresent();
    }

    /// All is well with what `message` says.
    public void ok(String message) {
        findings.add(Finding.ok(message));
    }

    /// Calls work, but for what `message` says; `setting` is the key to change, or empty.
    public void warning(String setting, String message) {
        findings.add(Finding.warning(setting, message));
    }

    /// Calls do not work; `setting` is the key to change, or empty.
    public void fault(String setting, String message) {
        findings.add(Finding.fault(setting, message));
    }
}
