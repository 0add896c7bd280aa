package io.sandalphone.harness.attack.cases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.ConfigCheck;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.AsteriskHost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Numbers that cost by the minute, hidden behind a country's prefix: asked for by an operator, or
/// written down as a route.
final class DestinationFence implements AttackCase {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final String FROM = "+12025550123";

    private static final List<PhoneNumberType> DEAR =
            List.of(
                    PhoneNumberType.PREMIUM_RATE,
                    PhoneNumberType.SHARED_COST,
                    PhoneNumberType.UAN,
                    PhoneNumberType.PAGER);

    /// In North America's plan, and neither in the United States nor in Canada.
    private static final List<String> ISLANDS =
            List.of(
                    "JM", "DO", "BS", "BB", "AG", "AI", "BM", "DM", "GD", "KN", "KY", "LC", "MS",
                    "SX", "TC", "TT", "VC", "VG");

    @Override
    public int number() {
        return 27;
    }

    @Override
    public String tried() {
        return "premium-rate, shared-cost, satellite and island numbers behind prefixes";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        List<String> regions =
                lab.effort().quick()
                        ? List.of("US", "MX", "GB", "DE")
                        : List.of(
                                "US", "CA", "MX", "GB", "DE", "FR", "ES", "IT", "NL", "CH", "AT",
                                "BE", "SE", "AU", "JP", "BR", "CO", "AR", "IN", "ZA");
        Set<String> prefixes = new TreeSet<>();
        regions.forEach(region -> prefixes.add(prefix(region)));
        // The international networks, satellites among them.
        List<String> networks =
                List.of("800", "808", "870", "878", "881", "882", "883", "888", "979");
        networks.forEach(code -> prefixes.add("\"+" + code + "*\""));
        lab.stopController();
        try (SipSocket trunk =
                SipSocket.answering(
                        lab.host().carrier(),
                        AsteriskHost.CARRIER_ADDRESS,
                        5060,
                        SipSocket.refusing(486))) {
            ControllerProcess controller =
                    lab.controller("limits: {destinations: " + prefixes + "}");
            List<String> dear = new ArrayList<>(List.of("+19005550199"));
            for (String region : regions) {
                DEAR.forEach(type -> add(NUMBERS.getExampleNumberForType(region, type), dear));
            }
            for (String code : networks) {
                add(NUMBERS.getExampleNumberForNonGeoEntity(Integer.parseInt(code)), dear);
            }
            for (String region : ISLANDS) {
                add(NUMBERS.getExampleNumberForType(region, PhoneNumberType.FIXED_LINE), dear);
                add(NUMBERS.getExampleNumberForType(region, PhoneNumberType.MOBILE), dear);
            }
            for (String number : dear) {
                for (String[] pair : new String[][] {{FROM, number}, {number, FROM}}) {
                    int status = controller.post("/calls", body(pair[0], pair[1])).status();
                    tries.check(
                            pair[0] + " to " + pair[1],
                            status / 100 == 4,
                            () -> "answered " + status);
                }
            }
            for (String number : List.of("+525512345678", "+12125550123")) {
                int status = controller.post("/calls", body(FROM, number)).status();
                tries.check(
                        "an ordinary number, " + number, status == 201, () -> "answered " + status);
            }
            List<String> dialled =
                    trunk.requests("INVITE").stream().map(SipSocket.Received::called).toList();
            tries.check(
                    "what the trunk was asked for",
                    dialled.stream().noneMatch(called -> dear.contains(called)),
                    () -> "it was asked for " + dialled);
            tries.note(dear.size() + " dear numbers");
        }
        routes(lab.newFolder("routes"), tries);
        lab.stopController();
    }

    private static void routes(Path folder, Tries tries) throws Exception {
        for (String number : List.of("+19005550199", "+18765550123", "+881612345678")) {
            String prefix = number.startsWith("+1") ? "+1*" : "+8*";
            String route =
                    ConfigCheck.GOOD
                            .replace("\"+525512345678\"", '"' + number + '"')
                            .replace("[\"+52*\"]", "[\"%s\"]");
            ConfigCheck behindPrefix = ConfigCheck.of(folder, route.formatted(prefix));
            tries.check(
                    "a route to " + number + " by " + prefix,
                    behindPrefix.code() == 2,
                    () -> "expected to be refused, " + behindPrefix);
            ConfigCheck singly = ConfigCheck.of(folder, route.formatted(number));
            tries.check(
                    "a route to " + number + " that is listed singly",
                    singly.code() == 0,
                    () -> "expected to be taken, " + singly);
        }
    }

    private static String prefix(String region) {
        return "\"+" + NUMBERS.getCountryCodeForRegion(region) + "*\"";
    }

    private static void add(
            @org.jspecify.annotations.Nullable PhoneNumber example, List<String> numbers) {
        if (example != null) {
            String number = NUMBERS.format(example, PhoneNumberFormat.E164);
            if (!numbers.contains(number)) {
                numbers.add(number);
            }
        }
    }

    private static String body(String from, String to) {
        return JsonNodeFactory.instance.objectNode().put("from", from).put("to", to).toString();
    }
}
