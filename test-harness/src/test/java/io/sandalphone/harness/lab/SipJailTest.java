package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whom fail2ban's filter of the SIP port takes lines for that Asterisk 22.10 wrote of a stranger at 10.77.0.9, who named
/// 203.0.113.66 wherever they may.
class SipJailTest {
    private static final String FILTER = "fail2ban/filter.d/sandalphone-sip.conf";
    private static final String EVENT =
            " SECURITY[516] res_security_log.c:"
                + " SecurityEvent=\"%s\",EventTV=\"2026-11-30T05:36:34.850+0000\",Severity=\"Error\",Service=\"PJSIP\",EventVersion=\"1\",";
    private static final String FROM =
            ",LocalAddress=\"IPV4/UDP/10.77.0.2/5060\",RemoteAddress=\"IPV4/UDP/10.77.0.9/51975\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AccountID=\"plain\",SessionID=\"c4-42091@203.0.113.66\"",
                "AccountID=\"SIP ACL\",SessionID=\"c3-42091@203.0.113.66\"",
                "AccountID=\"x\",SessionID=\"y\",LocalAddress=\"IPV4/\",SessionID=\"c1\"",
                "AccountID=\"plain\",SessionID=\"c4\",LocalAddress=\"IPV4/UDP/10.77.0.2/5060\",RemoteAddress=\"IPV4/UDP/203.0.113.66/5060\""
            })
    void an_account_that_is_not_there_is_held_against_who_asked_for_it(String said)
            throws IOException {
        assertEquals(
                Optional.of("10.77.0.9"),
                banned(EVENT.formatted("InvalidAccountID") + said + FROM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                " NOTICE[102] acl.c: SIP ACL: Rejecting '10.77.0.9' due to a failure to pass ACL"
                        + " '(BASELINE)' | 10.77.0.9",
                " NOTICE[102] acl.c: SIP Contact ACL: Rejecting '203.0.113.66' due to a failure to"
                        + " pass ACL '(BASELINE)' |",
                " NOTICE[498] res_pjsip/pjsip_distributor.c: Request 'INVITE' from"
                    + " '\"203.0.113.66\""
                    + " <sip:SIP%20ACL:%20Rejecting%20'203.0.113.66'%20due%20to%20a%20failure%20to%20pass%20ACL%20'fence'@10.77.0.2>'"
                    + " failed for '10.77.0.9:42091' (callid: c7) - No matching endpoint found |"
            })
    void what_names_somebody_else_is_held_against_nobody(String line, String address)
            throws IOException {
        assertEquals(Optional.ofNullable(address), banned(" " + line));
    }

    @ParameterizedTest
    @CsvSource({"ChallengeSent", "SuccessfulAuth"})
    void who_is_asked_for_a_password_has_done_nothing(String event) throws IOException {
        String said = "AccountID=\"<unknown>\",SessionID=\"c1\"";
        assertEquals(
                Optional.empty(), banned(EVENT.formatted(event) + said + FROM + ",Challenge=\"\""));
    }

    /// Whom a line of the log is held against, after fail2ban has taken the date from it.
    private static Optional<String> banned(String line) throws IOException {
        for (String regex : expressions()) {
            Matcher matcher =
                    Pattern.compile(regex.replace("<ADDR>", "(?<host>[0-9a-f.:]+)")).matcher(line);
            if (matcher.find()) {
                return Optional.of(matcher.group("host"));
            }
        }
        return Optional.empty();
    }

    private static List<String> expressions() throws IOException {
        return Files.readAllLines(
                        Project.renderScript().resolveSibling("../scripts").resolve(FILTER))
                .stream()
                .filter(line -> line.startsWith("failregex = ") || line.startsWith("            ^"))
                .map(line -> line.replaceFirst("^failregex = ", "").strip())
                .toList();
    }
}
