package io.sandalphone.telephony.stream;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.InetAddress;
import java.util.Optional;

/// How carriers of media streams reach us, and what they must show. `publicUrl` is empty where none
/// does; with `publicUrlCut` more than scheme and host stood there, which is ignored. With `expectedOrigin` sockets that bear another `Origin` header, or none, are refused.
///
/// `verifySignatures` is off only for trials on one machine: see [#mayTrustAnybody].
public record StreamSettings(
        Optional<PublicUrl> publicUrl,
        boolean publicUrlCut,
        boolean verifySignatures,
        Optional<String> expectedOrigin) {
    /// The same with all of the public address.
    public StreamSettings(
            Optional<PublicUrl> publicUrl,
            boolean verifySignatures,
            Optional<String> expectedOrigin) {
        this(publicUrl, false, verifySignatures, expectedOrigin);
    }

    /// Reads `public-url`, `verify-signatures` and `expected-origin` of the file itself. `listen` is
    /// where the listener for carriers is bound.
    public static Setting<StreamSettings> read(Section root, Setting<InetAddress> listen) {
        Setting<Optional<PublicUrl.Read>> read =
                root.valueOrNone("public-url", PublicUrl.EXPECTED, PublicUrl::read);
        Setting<Optional<PublicUrl>> url = root.make(() -> read.get().map(PublicUrl.Read::url));
        Setting<Boolean> verify =
                root.check(
                        "verify-signatures",
                        root.flag("verify-signatures"),
                        "true, unless the listener is bound to loopback and public-url is none or"
                                + " on this machine",
                        on -> on || mayTrustAnybody(listen.get(), url.get()));
        Setting<Optional<String>> origin =
                root.valueOrNone(
                        "expected-origin",
                        "what stands in the Origin header, such as https://example.org",
                        StreamSettings::origin);
        return root.make(
                () ->
                        new StreamSettings(
                                url.get(),
                                read.get().filter(PublicUrl.Read::moreIgnored).isPresent(),
                                verify.get(),
                                origin.get()));
    }

    private static String origin(String text) {
        if (!text.matches("https?://[^/\\s]+")) {
            throw new IllegalArgumentException("not an origin");
        }
        return text;
    }

    /// Whether webhooks may be believed without a signature: only while nobody from outside reaches us,
    /// neither at the listener nor through what `publicUrl` names.
    public static boolean mayTrustAnybody(InetAddress listen, Optional<PublicUrl> publicUrl) {
        return listen.isLoopbackAddress() && publicUrl.map(PublicUrl::isLoopback).orElse(true);
    }
}
