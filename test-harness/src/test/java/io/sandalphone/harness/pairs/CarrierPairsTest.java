package io.sandalphone.harness.pairs;

import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Optional;
import java.util.stream.Stream;

/// The pairs that need no Asterisk.
@ParameterizedClass(name = "{0}")
@MethodSource("pairs")
class CarrierPairsTest extends PairSuite {
    CarrierPairsTest(Pair pair) {
        super(pair);
    }

    static Stream<Pair> pairs() {
        return Pair.TABLE.stream().filter(pair -> !pair.has(Kind.SIP));
    }

    @BeforeParameterizedClassInvocation
    static void open(Pair pair) throws Exception {
        open(pair, Optional.empty());
    }
}
