package io.sandalphone.harness.lab;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Tests on a real Asterisk. An [AsteriskHost] parameter of a test, a lifecycle method or a
/// constructor is the one host of this JVM, booted for the first test that asks and removed after
/// the last. Each test finds it running and idle: what an earlier one left is thrown away with a
/// restart. It is behind the rendered firewall. After a failed test its log since the test began, and the logs named with
/// [AsteriskHost#report], are printed to standard error.
///
/// Without root or without the prepared root file system the tests are skipped, with a line that
/// says so; with `CI=true` they fail instead.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("real-asterisk")
@ExtendWith(RealAsteriskExtension.class)
public @interface RealAsterisk {
    /// A number that calls may arrive for and whom Asterisk then rings without a controller.
    String CALLED = "+12125550101";

    String DESTINATION = "+12125550102";
}
