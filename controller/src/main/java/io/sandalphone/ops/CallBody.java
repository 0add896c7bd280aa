package io.sandalphone.ops;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.call.CallRequest;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The body of `POST /calls`: `{from, to, from_language, to_language, relay, from_via, to_via}`, of which
/// only the two numbers must be there. `from_via` and `to_via` name the carriers over which the two are
/// rung; without them it is the first that is configured, and the one of `from`. The rest comes from the
/// terms of the settings.
final class CallBody {
    private static final String EXPECTED_NUMBER =
            E164.EXPECTED + ", and no emergency number, to which nobody is put through";

    private final CallTerms terms;
    private final Supplier<Set<String>> carriers;

    /// `carriers` gives the names of those there are.
    CallBody(CallTerms terms, Supplier<Set<String>> carriers) {
        this.terms = terms;
        this.carriers = carriers;
    }

    /// @throws ConfigurationException with every mistake in the body
    CallRequest read(String body) throws ConfigurationException {
        Section keys = Section.root(ConfigTree.merge(defaults(), JsonBody.object(body)));
        Setting<E164> from = keys.value("from", EXPECTED_NUMBER, E164::new);
        Setting<E164> to = keys.value("to", EXPECTED_NUMBER, E164::new);
        Setting<Language> fromLanguage =
                keys.value("from_language", Language.EXPECTED, Language::new);
        Setting<Language> toLanguage = keys.value("to_language", Language.EXPECTED, Language::new);
        Setting<Boolean> relay = keys.flag("relay");
        Setting<Optional<String>> fromVia = via(keys, "from_via");
        Setting<Optional<String>> toVia = via(keys, "to_via");
        return keys.finish(
                keys.make(
                        () ->
                                new CallRequest(
                                        from.get(),
                                        fromVia.get(),
                                        to.get(),
                                        toVia.get(),
                                        new CallTerms(
                                                fromLanguage.get(),
                                                toLanguage.get(),
                                                true,
                                                relay.get(),
                                                terms.ringTimeout(),
                                                terms.maxDuration()))));
    }

    private Setting<Optional<String>> via(Section keys, String key) {
        String expected = "a carrier that is configured: " + String.join(", ", carriers.get());
        return keys.check(
                key,
                keys.valueOrNone(key, expected, Function.identity()),
                expected,
                found -> found.map(carriers.get()::contains).orElse(true));
    }

    private ObjectNode defaults() {
        return JsonBody.empty()
                .put("from_language", terms.callerLanguage().tag())
                .put("to_language", terms.destinationLanguage().tag())
                .put("relay", terms.relay())
                .put("from_via", "none")
                .put("to_via", "none");
    }
}
