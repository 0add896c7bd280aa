package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The doctor beside a real Asterisk: well where all is well, and not blind where something is wrong.
final class DoctorsClaims implements AttackCase {
    /// Something wrong in the configuration, and what the doctor names.
    private record Fault(String name, String yaml, String part) {}

    @Override
    public int number() {
        return 19;
    }

    @Override
    public String tried() {
        return "the doctor against our own configuration, and against each thing it should find";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        lab.stopController();
        Path folder = lab.newFolder("doctor");
        Command.Result well = doctor(lab.host(), folder, "");
        tries.check("all is well", well.status() == 0, () -> said(well));
        List<Fault> faults =
                List.of(
                        new Fault(
                                "a wrong ARI password",
                                "asterisk: {ari: {password: wrong-wrong-wrong}}",
                                "asterisk.ari"),
                        new Fault(
                                "no Asterisk",
                                "asterisk: {ari: {url: \"http://127.0.0.1:8099/ari\"}}",
                                "asterisk.ari"),
                        new Fault(
                                "a trunk that Asterisk does not have",
                                "asterisk: {trunk: {endpoint: \"PJSIP/{number}@nowhere\"}}",
                                "asterisk.trunk"));
        int one = lab.random(this).nextInt(faults.size());
        for (Fault fault : lab.effort().quick() ? faults.subList(one, one + 1) : faults) {
            finds(tries, fault.name(), doctor(lab.host(), folder, fault.yaml()), fault.part());
        }
        refusedRegistration(lab, folder, tries);
        if (!lab.effort().quick()) {
            absentPop(lab, folder, tries);
        }
    }

    private static void finds(Tries tries, String what, Command.Result said, String part) {
        tries.check(
                what,
                said.status() == 1
                        && said.output()
                                .lines()
                                .anyMatch(line -> line.startsWith("fault") && line.contains(part)),
                () -> said(said));
    }

    private static String said(Command.Result result) {
        return "exit " + result.status() + ": " + result.output();
    }

    /// The POP knows nobody by that name and password.
    private static void refusedRegistration(AttackLab lab, Path folder, Tries tries)
            throws Exception {
        var options =
                new AsteriskHost.Options(
                        Map.of(),
                        10_000,
                        12_999,
                        Map.of("TRUNK_MODE", "registration", "TRUNK_PASSWORD", "kX3-pq9ZrT_41vb"));
        try (AsteriskHost host = lab.boot(options);
                SipSocket _ =
                        SipSocket.answering(
                                host.carrier(),
                                AsteriskHost.CARRIER_ADDRESS,
                                5060,
                                request -> List.of(SipSocket.reply(request, 403)))) {
            host.console("pjsip send register *all");
            io.sandalphone.harness.lab.Poll.until(
                    AttackLab.SOON,
                    () -> host.console("pjsip show registrations").contains("Rejected"),
                    () ->
                            "the registration is rejected: "
                                    + host.console("pjsip show registrations"));
            finds(tries, "a rejected registration", doctor(host, folder, ""), "regist");
        }
    }

    /// Calls from the POP that we dial through would be refused.
    private static void absentPop(AttackLab lab, Path folder, Tries tries) throws Exception {
        var options =
                new AsteriskHost.Options(
                        Map.of(), 10_000, 12_999, Map.of("TRUNK_ADDRESSES", "10.77.0.55"));
        try (AsteriskHost host = lab.boot(options)) {
            finds(
                    tries,
                    "a POP that is not among the trunk's addresses",
                    doctor(host, folder, ""),
                    "TRUNK_ADDRESSES");
        }
    }

    private static Command.Result doctor(AsteriskHost host, Path folder, String yaml)
            throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("sandalphone.yaml"), AttackLab.configuration(host, yaml));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sandalphone.app.Main",
                        "doctor",
                        "--config",
                        file.toString()));
        return Command.attempt(host.vps().command(command));
    }
}
