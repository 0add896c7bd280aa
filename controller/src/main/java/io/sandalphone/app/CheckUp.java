package io.sandalphone.app;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Numberless;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.time.Duration;
import java.util.List;

/// Says in the log, at the start, what would not work as it is configured.
///
/// Asterisk may start at the same time: its modules are not all loaded yet, its trunk has not answered
/// and is not registered. So what is wrong there is looked at again, and only what stays wrong is said.
final class CheckUp {
    static final Duration PAUSE = Duration.ofSeconds(5);
    static final int LOOKS = 5;

    private static final Logger log = LoggerFactory.getLogger(CheckUp.class);

    /// Finds out how something is now.
    interface Look {
        List<Doctor.Line> lines() throws InterruptedException;
    }

    /// Lets time pass.
    interface Wait {
        void wait(Duration pause) throws InterruptedException;
    }

    private CheckUp() {}

    /// Blocks for about twenty seconds when something is wrong with Asterisk.
    static void run(Doctor doctor) throws InterruptedException {
        report(doctor.ownParts());
        report(doctor.engines());
        report(lasting(doctor::asterisk, Thread::sleep));
    }

    /// What the last of up to [#LOOKS] looks finds wrong; the first that finds nothing is the last.
    static List<Doctor.Line> lasting(Look look, Wait wait) throws InterruptedException {
        List<Doctor.Line> wrong = wrong(look.lines());
        for (int looks = 1; looks < LOOKS && !wrong.isEmpty(); looks++) {
            wait.wait(PAUSE);
            wrong = wrong(look.lines());
        }
        return wrong;
    }

    private static List<Doctor.Line> wrong(List<Doctor.Line> lines) {
        return lines.stream().filter(line -> line.finding().kind() != Finding.Kind.OK).toList();
    }

    static void report(List<Doctor.Line> lines) {
        for (Doctor.Line line : wrong(lines)) {
            log.atLevel(line.finding().kind() == Finding.Kind.FAULT ? Level.ERROR : Level.WARN)
                    .addKeyValue("part", line.part())
                    .addKeyValue("finding", Numberless.text(line.finding().message()))
                    .addKeyValue("setting", Numberless.text(line.finding().setting()))
                    .log("a part would not work as it is configured");
        }
    }
}
