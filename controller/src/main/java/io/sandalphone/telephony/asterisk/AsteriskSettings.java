package io.sandalphone.telephony.asterisk;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.SipAddress;
import io.sandalphone.telephony.asterisk.ari.AriSettings;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/// How Asterisk is reached and used. `mediaAddress` is the IP address at which the controller
/// receives RTP from Asterisk, as Asterisk reaches it. `wayBack` is where carriers of media streams reach
/// Asterisk by SIP when the controller is gone.
public record AsteriskSettings(
        AriSettings ari,
        Trunk trunk,
        SilenceLimits silence,
        String mediaAddress,
        LegSettings legs,
        Optional<SipAddress> wayBack) {
    /// The way to the telephone network. `endpoint` is what Asterisk dials, with `{number}` for the
    /// number with its plus sign or `{digits}` for the number without; `callerId` says what is shown
    /// to the one who is called.
    public record Trunk(String endpoint, CallerIdPolicy callerId) {
        public Trunk {
            if (!takesNumber(endpoint)) {
                throw new IllegalArgumentException(
                        "endpoint \"" + endpoint + "\" has neither {number} nor {digits} in it");
            }
        }

        /// Reads the section `asterisk.trunk`.
        static Setting<Trunk> read(Section section) {
            Setting<String> endpoint =
                    section.check(
                            "endpoint",
                            section.text("endpoint"),
                            "a place for the number in it, {number} or {digits}",
                            Trunk::takesNumber);
            Setting<String> callerId =
                    section.value(
                            "caller-id",
                            E164.EXPECTED + ", or none",
                            text -> text.equals("none") ? "" : new E164(text).number());
            Setting<Boolean> showCaller = section.flag("show-caller");
            return section.make(
                    () ->
                            new Trunk(
                                    endpoint.get(),
                                    new CallerIdPolicy(callerId.get(), showCaller.get())));
        }

        /// Whether there is a place for the number.
        private static boolean takesNumber(String endpoint) {
            return endpoint.contains("{number}") || endpoint.contains("{digits}");
        }

        /// What Asterisk dials to reach `number`.
        public String endpointFor(E164 number) {
            return endpoint.replace("{number}", number.number())
                    .replace("{digits}", number.number().substring(1));
        }
    }

    /// What a leg may do from which no packets come. After `checkAfter` its phone is asked whether it is
    /// still there, and again as often. It ends after `endAfter` in which the other side was not heard
    /// either.
    public record SilenceLimits(Duration checkAfter, Duration endAfter) {
        public SilenceLimits {
            if (endAfter.compareTo(checkAfter) < 0) {
                throw new IllegalArgumentException("end-after is less than check-after");
            }
        }

        /// Reads the section `asterisk.silent-leg`.
        static Setting<SilenceLimits> read(Section section) {
            Setting<Duration> checkAfter =
                    section.duration("check-after", Duration.ofSeconds(1), Duration.ofHours(1));
            Setting<Duration> endAfter =
                    section.duration("end-after", Duration.ofSeconds(1), Duration.ofDays(1));
            return section.make(() -> new SilenceLimits(checkAfter.get(), endAfter.get()));
        }
    }

    /// Whether Asterisk can send RTP there: its media sockets are IPv4, and 0.0.0.0, multicast and
    /// reserved addresses are nobody's.
    private static boolean isReachable(InetAddress address) {
        int first = address.getAddress()[0] & 0xff;
        return address instanceof Inet4Address && first != 0 && first < 224;
    }

    /// Reads the section `asterisk`.
    public static Setting<AsteriskSettings> read(Section section) {
        Setting<AriSettings> ari = AriSettings.read(section.section("ari"));
        Setting<Trunk> trunk = Trunk.read(section.section("trunk"));
        Setting<SilenceLimits> silence = SilenceLimits.read(section.section("silent-leg"));
        Setting<LegSettings> legs = LegSettings.read(section.section("legs"));
        Section mediaSection = section.section("media");
        Setting<InetAddress> media =
                mediaSection.check(
                        "address",
                        mediaSection.ipAddress("address"),
                        "an IPv4 address of this machine that Asterisk reaches, such as 127.0.0.1",
                        AsteriskSettings::isReachable);
        Setting<Optional<SipAddress>> wayBack =
                section.valueOrNone("way-back", SipAddress.EXPECTED, SipAddress::parse);
        return section.make(
                () ->
                        new AsteriskSettings(
                                ari.get(),
                                trunk.get(),
                                silence.get(),
                                media.get().getHostAddress(),
                                legs.get(),
                                wayBack.get()));
    }
}
