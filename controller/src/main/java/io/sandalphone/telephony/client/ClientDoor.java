package io.sandalphone.telephony.client;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.client.ClientFault.Kind;
import io.sandalphone.telephony.client.ClientMessage.Init;
import io.sandalphone.web.TokenCheck;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decides who comes in: by a ticket, or by the operator's token. Thread-safe.
final class ClientDoor {
    /// Says that the person's language is the ticket's.
    private static final String AUTO = "auto";

    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Tickets tickets;
    private final TokenCheck operators;
    private final List<Language> languages;

    /// `languages` are those that people may speak here; the first is spoken by who has only a token and
    /// says nothing of it.
    ClientDoor(Tickets tickets, TokenCheck operators, List<Language> languages) {
        this.tickets = tickets;
        this.operators = operators;
        this.languages = List.copyOf(languages);
    }

    /// Whether `text` is what a call's id has to be.
    static boolean isCallId(String text) {
        return UUID.matcher(text).matches();
    }

    /// Lets in who comes from `address`.
    ///
    /// @throws ClientFault when this client does not come in, or wants what there is not
    Pass admit(Init init, String address) throws ClientFault {
        if (!isCallId(init.callId())) {
            throw new ClientFault(Kind.CALL_ID, "callId must be a UUID (RFC 9562)");
        }
        if (!init.ticket().isEmpty()) {
            Ticket ticket = tickets.read(init.ticket());
            if (!Lobby.callOf(ticket.callId()).equals(Lobby.callOf(init.callId()))) {
                throw new ClientFault(
                        Kind.CALL_ID, "callId is not that of the ticket: use the whole link");
            }
            return new Pass(
                    ticket.id(),
                    ticket.callId(),
                    language(init.languageHint(), ticket.language()),
                    ticket.from(),
                    ticket.to(),
                    ticket.standby(),
                    Optional.of(ticket.expires()));
        }
        if (init.token().isEmpty() || !operators.admits(init.token(), address)) {
            throw new ClientFault(
                    Kind.NOT_ADMITTED,
                    init.token().isEmpty()
                            ? "init needs a ticket, or the operator's token"
                            : "the token is not the operator's");
        }
        return new Pass(
                init.resume().isEmpty() ? Tickets.newId() : "token " + init.resume(),
                init.callId(),
                language(init.languageHint(), languages.getFirst()),
                given(init.from()),
                given(init.to()),
                given(init.standby()),
                Optional.empty());
    }

    /// @throws ClientFault when a layout is meant that there is not
    static Format format(Init init) throws ClientFault {
        Format.Layout layout =
                Format.Layout.of(init.layout())
                        .orElseThrow(
                                () ->
                                        new ClientFault(
                                                Kind.UNKNOWN_LAYOUT,
                                                "layout must be mono or split"));
        return new Format(layout == Format.Layout.SPLIT, init.states());
    }

    private Language language(String hint, Language otherwise) throws ClientFault {
        if (hint.equals(AUTO)) {
            return otherwise;
        }
        return languages.stream()
                .filter(known -> known.base().equals(base(hint)))
                .findFirst()
                .map(_ -> new Language(hint))
                .orElseThrow(
                        () ->
                                new ClientFault(
                                        Kind.UNKNOWN_LANGUAGE,
                                        "languageHint must be auto or one of the languages of this"
                                                + " gateway: "
                                                + String.join(
                                                        ", ",
                                                        languages.stream()
                                                                .map(Language::tag)
                                                                .toList())));
    }

    /// The base of a tag; empty when it is none.
    private static String base(String tag) {
        try {
            return new Language(tag).base();
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
