package org.example.calls;

import io.sandalphone.transport.Did;
import io.sandalphone.transport.SipTransport;
import io.sandalphone.transport.SipTransportHandler;

import java.util.List;

/// Says back to each caller what they say.
public final class Echo {
    public static void main(String[] args) {
        var number = Did.twilio(env("NUMBER"), env("TWILIO_ACCOUNT_SID"), env("TWILIO_AUTH_TOKEN"));
        var handler = SipTransportHandler.of(List.of(number), Echo::onSession, env("PUBLIC_URL"));
        int port = handler.listen(Integer.parseInt(env("PORT")));
        System.out.println("port " + port + ", webhook POST " + handler.webhook());
    }

    static void onSession(SipTransport transport, Did number) {
        transport.receiveAudio().consume(transport::sendAudio).join();
    }

    static String env(String name) {
        return System.getenv(name);
    }
}
