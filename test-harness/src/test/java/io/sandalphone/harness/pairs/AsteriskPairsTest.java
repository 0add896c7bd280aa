package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Optional;
import java.util.stream.Stream;

/// The pairs with somebody behind the real Asterisk.
@RealAsterisk
@ParameterizedClass(name = "{0}")
@MethodSource("pairs")
class AsteriskPairsTest extends PairSuite {
    AsteriskPairsTest(Pair pair) {
        super(pair);
    }

    static Stream<Pair> pairs() {
        return Pair.TABLE.stream().filter(pair -> pair.has(Kind.SIP));
    }

    @BeforeParameterizedClassInvocation
    static void open(Pair pair, AsteriskHost host) throws Exception {
        open(pair, Optional.of(host));
    }
}
