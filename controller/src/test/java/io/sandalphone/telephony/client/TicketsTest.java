package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Secret;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

class TicketsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final Ticket TICKET =
            new Ticket(
                    "id",
                    ClientScene.CALL,
                    new Language("es-MX"),
                    Optional.of("+12125550101"),
                    Optional.empty(),
                    Optional.of("*"),
                    NOW.plus(Duration.ofMinutes(5)));

    private Instant now = NOW;
    private final Tickets tickets = new Tickets(ClientScene.TOKEN, () -> now);

    private ClientFault.Kind refusal(String ticket) {
        return assertThrows(ClientFault.class, () -> tickets.read(ticket)).kind();
    }

    @Test
    void a_ticket_says_what_was_written_on_it() throws ClientFault {
        assertEquals(TICKET, tickets.read(tickets.write(TICKET)));
    }

    @Test
    void a_ticket_outlives_a_restart_and_dies_with_the_token() throws ClientFault {
        String text = tickets.write(TICKET);
        assertEquals(TICKET, new Tickets(ClientScene.TOKEN, () -> now).read(text));
        var other = new Tickets(new Secret("another-operator's-token"), () -> now);
        assertThrows(ClientFault.class, () -> other.read(text));
    }

    @Test
    void a_ticket_with_any_character_changed_is_not_ours() {
        String text = tickets.write(TICKET);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            String altered = text.substring(0, i) + other + text.substring(i + 1);
            assertEquals(ClientFault.Kind.TICKET_INVALID, refusal(altered), "at " + i);
        }
        assertEquals(ClientFault.Kind.TICKET_INVALID, refusal(text + "A"));
        assertEquals(ClientFault.Kind.TICKET_INVALID, refusal(text.substring(1)));
        assertEquals(ClientFault.Kind.TICKET_INVALID, refusal("nothing of ours"));
        assertEquals(ClientFault.Kind.TICKET_INVALID, refusal("."));
    }

    @Test
    void a_ticket_lets_in_until_the_second_in_which_it_expires() throws ClientFault {
        String text = tickets.write(TICKET);
        now = TICKET.expires().minusMillis(1);
        assertEquals(TICKET, tickets.read(text));
        now = TICKET.expires();
        assertEquals(ClientFault.Kind.TICKET_EXPIRED, refusal(text));
    }

    @Test
    void a_used_ticket_is_remembered_until_it_would_have_expired() {
        tickets.use("id", TICKET.expires());
        assertTrue(tickets.isUsed("id"));
        assertFalse(tickets.isUsed("other"));
        now = TICKET.expires();
        tickets.use("later", now.plusSeconds(1));
        assertFalse(tickets.isUsed("id"));
    }

    @Test
    void a_ticket_is_printed_without_its_numbers() {
        assertFalse(TICKET.toString().contains("2125550101"), TICKET::toString);
    }
}
