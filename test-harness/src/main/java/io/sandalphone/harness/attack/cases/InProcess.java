package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Tries;

/// What happens inside the process alone: named tests try it.
record InProcess(int number, String tried) implements AttackCase {
    @Override
    public void run(AttackLab lab, Tries tries) {
        if (!hasNamedTests()) {
            tries.broken("inside the process", "no test named yet");
        }
    }
}
