package io.sandalphone.transport;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.telnyx.TelnyxAnswering;
import io.sandalphone.telephony.twilio.TwilioAnswering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A number of ours (direct inward dialling), the account at a carrier to which it belongs, and whatever its program wants to
/// know of it.
///
/// Printed, the number is masked, and nothing else shown but the carrier.
public final class Did {
    private static final String PROVIDER = "provider";
    private static final String ACCOUNT_SID = "account_sid";
    private static final String AUTH_TOKEN = "auth_token";
    private static final String PUBLIC_KEY = "public_key";
    private static final Set<String> KEYS = Set.of(PROVIDER, ACCOUNT_SID, AUTH_TOKEN, PUBLIC_KEY);

    private final String number;
    private final Account account;
    private final Map<String, String> extra;

    /// What a carrier's requests are known by.
    sealed interface Account {
        Provider provider();

        record Twilio(String sid, Secret authToken) implements Account {
            @Override
            public Provider provider() {
                return Provider.TWILIO;
            }
        }

        record Telnyx(String publicKey) implements Account {
            @Override
            public Provider provider() {
                return Provider.TELNYX;
            }
        }
    }

    private Did(String number, Account account, Map<String, String> extra) {
        this.number = number;
        this.account = account;
        this.extra = Map.copyOf(extra);
    }

    /// A number at Twilio, in E.164 form. `authToken` is the account's primary one, with which Twilio signs.
    ///
    /// @throws DidConfigError when one of them is none
    public static Did twilio(String number, String accountSid, String authToken) {
        return new Did(number("number", number), atTwilio("", accountSid, authToken), Map.of());
    }

    /// A number at Telnyx, in E.164 form, of a TeXML application. `publicKey` is the account's, with which Telnyx' signatures are
    /// checked: base64 of 32 bytes, as the portal shows it.
    ///
    /// @throws DidConfigError when one of them is none
    public static Did telnyx(String number, String publicKey) {
        return new Did(number("number", number), atTelnyx("", publicKey), Map.of());
    }

    /// Numbers as they stand in a file of one's own: number -> `provider` (`twilio` with `account_sid` and `auth_token`, `telnyx`
    /// with `public_key`), and other keys, which are kept in [#extra]. In keys `-` and `_` are the same.
    ///
    /// @throws DidConfigError for the first that cannot be used
    public static List<Did> readAll(Map<String, ? extends Map<String, ?>> dids) {
        List<Did> all = new ArrayList<>();
        dids.forEach((number, keys) -> all.add(read(number, keys)));
        return List.copyOf(all);
    }

    private static Did read(String number, Map<String, ?> keys) {
        String path = "dids." + E164.mask(number);
        String checked = number(path, number);
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(
                (key, value) -> {
                    if (values.put(key.replace('-', '_'), String.valueOf(value)) != null) {
                        throw new DidConfigError(path + "." + key, "the key once");
                    }
                });
        Account account =
                switch (values.getOrDefault(PROVIDER, "").toLowerCase(Locale.ROOT)) {
                    case "twilio" ->
                            atTwilio(
                                    path + ".",
                                    values.getOrDefault(ACCOUNT_SID, ""),
                                    values.getOrDefault(AUTH_TOKEN, ""));
                    case "telnyx" -> atTelnyx(path + ".", values.getOrDefault(PUBLIC_KEY, ""));
                    default -> throw new DidConfigError(path + "." + PROVIDER, "twilio or telnyx");
                };
        values.keySet().removeAll(KEYS);
        return new Did(checked, account, values);
    }

    private static String number(String key, String number) {
        try {
            return new E164(number).number();
        } catch (IllegalArgumentException _) {
            throw new DidConfigError(key, "a telephone number in E.164 form, +525512345678");
        }
    }

    private static Account atTwilio(String path, String accountSid, String authToken) {
        if (!TwilioAnswering.isAccount(accountSid)) {
            throw new DidConfigError(path + ACCOUNT_SID, "AC and 32 hexadecimal digits");
        }
        if (authToken.isBlank()) {
            throw new DidConfigError(path + AUTH_TOKEN, "the account's primary auth token");
        }
        return new Account.Twilio(accountSid, new Secret(authToken));
    }

    private static Account atTelnyx(String path, String publicKey) {
        if (!TelnyxAnswering.isPublicKey(publicKey)) {
            throw new DidConfigError(
                    path + PUBLIC_KEY, "base64 of 32 bytes, as the portal shows the public key");
        }
        return new Account.Telnyx(publicKey);
    }

    /// The number in E.164 form.
    public String number() {
        return number;
    }

    public Provider provider() {
        return account.provider();
    }

    /// What else stood with it, by keys with `_`.
    public Map<String, String> extra() {
        return extra;
    }

    Account account() {
        return account;
    }

    /// Numbers by carrier, and by their digits within it.
    ///
    /// @throws DidConfigError when there is none, one stands twice, or two of one carrier are of different accounts
    static Map<Provider, Map<String, Did>> byProvider(List<Did> numbers) {
        if (numbers.isEmpty()) {
            throw new DidConfigError("dids", "a number at least");
        }
        Map<Provider, Map<String, Did>> all = new TreeMap<>();
        Map<Provider, Account> accounts = new TreeMap<>();
        for (Did each : numbers) {
            String key = "dids." + E164.mask(each.number);
            Account first = accounts.putIfAbsent(each.provider(), each.account);
            if (first != null && !first.equals(each.account)) {
                throw new DidConfigError(
                        key,
                        "the account of the other numbers at "
                                + each.provider().word()
                                + "; another one needs a handler of its own");
            }
            Did twin =
                    all.computeIfAbsent(each.provider(), _ -> new LinkedHashMap<>())
                            .put(digits(each.number), each);
            if (twin != null) {
                throw new DidConfigError(key, "the number once");
            }
        }
        return all;
    }

    /// The one of `numbers`, by their digits, that a carrier writes as `called`.
    static Optional<Did> find(Map<String, Did> numbers, String called) {
        return Optional.ofNullable(numbers.get(digits(called)));
    }

    /// Carriers write a number with a plus sign or without, and some as a SIP URI.
    private static String digits(String called) {
        return called.replaceFirst("^(?i:tel|sips?):", "")
                .replaceFirst("(?s)[;@].*$", "")
                .replaceAll("[^0-9]", "");
    }

    @Override
    public String toString() {
        return "Did[%s, %s]".formatted(E164.mask(number), provider().word());
    }
}
