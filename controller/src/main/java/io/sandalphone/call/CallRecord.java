package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.ListenerWishes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What must survive a crash of ours, of a call in which two people talk or the second one is rung:
/// everything with which the next gateway goes on as if nothing had happened, and nothing that was said.
///
/// Whatever carries the call, `legs` say where each person is; a call of which one cannot be found again has
/// no record. `talkingSinceEpochMillis` is when the destination answered, 0 while it rings. `from` and `to`
/// are as [Participants] have them. `announced` are those who were told of the interpreter, `wishes` how
/// each wants to be spoken to, `utterances` how many of each were numbered, `interpreted` how many were
/// translated, and `costs` what the call has cost so far.
///
/// Printed without numbers.
public record CallRecord(
        String id,
        CallView.Direction direction,
        String from,
        String to,
        CallTerms terms,
        long sinceEpochMillis,
        long talkingSinceEpochMillis,
        Set<Party> announced,
        Map<Party, ListenerWishes> wishes,
        Map<Party, Integer> utterances,
        int interpreted,
        Costs costs,
        Map<Party, LegPlace> legs) {
    public CallRecord {
        announced = Set.copyOf(announced);
        wishes = Map.copyOf(wishes);
        utterances = Map.copyOf(utterances);
        legs = Map.copyOf(legs);
        if (legs.size() != Party.values().length) {
            throw new IllegalArgumentException("a record needs both legs");
        }
    }

    /// The carrier that knows whether it is still there: the caller's.
    String carrier() {
        return leg(Party.CALLER).carrier();
    }

    LegPlace leg(Party party) {
        LegPlace place = legs.get(party);
        if (place == null) {
            throw new IllegalStateException("no leg of the " + party);
        }
        return place;
    }

    /// Whose speech was not interpreted, as the other one had wished.
    Set<Party> paused() {
        return wishes.entrySet().stream()
                .filter(wish -> wish.getValue().paused())
                .map(wish -> wish.getKey().other())
                .collect(Collectors.toSet());
    }

    /// Whether the destination had answered.
    boolean isTalking() {
        return talkingSinceEpochMillis > 0;
    }

    /// How long the two had talked at `nowEpochMillis`: never less than nothing, nor longer than they may, whatever the
    /// clock was set to.
    Duration talked(long nowEpochMillis) {
        return isTalking()
                ? between(talkingSinceEpochMillis, nowEpochMillis, terms.maxDuration())
                : Duration.ZERO;
    }

    private static Duration between(long since, long now, Duration longest) {
        Duration length = Duration.ofMillis(Math.max(0, now - since));
        return length.compareTo(longest) < 0 ? length : longest;
    }

    /// How long ago it began, at `nowEpochMillis`: never less than nothing, nor longer than such a call can last.
    Duration age(long nowEpochMillis) {
        return between(
                sinceEpochMillis, nowEpochMillis, terms.ringTimeout().plus(terms.maxDuration()));
    }

    /// Whether both tell of the same call in the same state; what goes on in it may differ.
    boolean isAt(CallRecord other) {
        return id.equals(other.id) && isTalking() == other.isTalking() && legs.equals(other.legs);
    }

    @Override
    public String toString() {
        return "CallRecord[%s, %s]".formatted(id, isTalking() ? "talking" : "ringing");
    }
}
