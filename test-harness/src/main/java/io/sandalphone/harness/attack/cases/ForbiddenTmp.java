package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.tone.ToneWord;

import java.util.List;

/// A `/tmp` in which nothing may be executed or written: calls are interpreted all the same, or the start
/// fails and says why; not a gateway that calls itself well and interprets nothing.
final class ForbiddenTmp implements AttackCase {
    @Override
    public int number() {
        return 22;
    }

    @Override
    public String tried() {
        return "a /tmp that forbids execution, or writing";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        lab.stopController();
        List<String> options = List.of("noexec", "ro");
        for (String option : options.subList(0, lab.effort().of(1, 2))) {
            // Mounts of the process's own: it lives in a mount namespace.
            String script =
                    "mount --bind /tmp /tmp && mount -o remount,bind,"
                            + option
                            + " /tmp && exec \"$@\"";
            tries.attempt("/tmp mounted " + option, () -> interpret(lab, script));
        }
    }

    private static void interpret(AttackLab lab, String script) throws Exception {
        ControllerProcess controller;
        try {
            controller =
                    ControllerProcess.start(
                            lab.host(),
                            AttackLab.configuration(lab.host(), ""),
                            ControllerProgram.QUICK.runBy("sh", "-c", script, "sh"));
        } catch (IllegalStateException e) {
            // It did not start: then it must say what is wrong.
            if (!String.valueOf(e.getMessage()).contains("tmp")) {
                throw new AssertionError("it ended without naming the folder: " + e.getMessage());
            }
            return;
        }
        try (controller;
                Phones phones = lab.phones();
                Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
            pair.sayAndAwait(ToneWord.W1);
        }
    }
}
