package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.telnyx.SimulatedTelnyx;
import io.sandalphone.harness.twilio.SimulatedTwilio;
import io.vertx.core.Vertx;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/// Makes the telephones of each kind around one gateway, and hands what is to be closed at the end to `opened`.
record PhoneMaker(
        @Nullable AsteriskHost host,
        Network network,
        Vertx vertx,
        int publicPort,
        List<AutoCloseable> opened) {
    /// What a gateway with a carrier of media streams has to be told besides.
    static final String PUBLIC_URL = "public-url: https://" + CarrierPhones.HOST;

    /// Those of `kind`; with `meeting` browsers meet each other, else they call numbers.
    Phones of(Kind kind, boolean meeting) throws Exception {
        Phones phones =
                switch (kind) {
                    case SIP -> new SipPhones(Objects.requireNonNull(host));
                    case TWILIO -> withLine(network.call(this::twilio));
                    case TELNYX -> withLine(network.call(this::telnyx));
                    case BROWSER -> new ClientPhones(vertx, network, publicPort, meeting);
                };
        opened.add(phones);
        return phones;
    }

    /// Its calls by SIP leave from an address of their own.
    private CarrierPhones withLine(CarrierPhones phones) throws IOException {
        if (host != null) {
            SipPhone line =
                    SipPhone.open(
                            host.carrier(),
                            new InetSocketAddress(AsteriskHost.STREAM_CARRIER_ADDRESS, 0));
            opened.add(line);
            phones.carrier().sipBy(line);
        }
        return phones;
    }

    private CarrierPhones twilio() {
        SimulatedTwilio twilio = SimulatedTwilio.start(vertx);
        return new CarrierPhones(
                twilio,
                "/twilio/voice",
                publicPort,
                """
                twilio:
                  account-sid: %s
                  auth-token: "%s"
                  phone-number: "%s"
                  api-url: "%s"
                  calls-per-second: 50
                """
                        .formatted(
                                twilio.account().sid(),
                                twilio.account().authToken(),
                                new Line(1).called(),
                                twilio.api()));
    }

    private CarrierPhones telnyx() {
        SimulatedTelnyx telnyx = SimulatedTelnyx.start(vertx);
        return new CarrierPhones(
                telnyx,
                "/telnyx/voice",
                publicPort,
                """
                telnyx:
                  api-key: "%s"
                  public-key: "%s"
                  app-id: "%s"
                  phone-number: "%s"
                  api-url: "%s"
                  calls-per-second: 50
                """
                        .formatted(
                                telnyx.account().apiKey(),
                                telnyx.keys().publicKey(),
                                telnyx.account().application(),
                                new Line(1).called(),
                                telnyx.api()));
    }
}
