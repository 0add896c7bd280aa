package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.StreamAddress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one carrier says in a way of its own: its documents, its requests, and what the answers mean.
///
/// Those that ask the carrier for something block, are sent at most once, and throw nothing but
/// `InterruptedException`. Thread-safe.
public interface Dialect extends AutoCloseable {
    /// The carrier as routes, metrics and the paths of its webhooks name it: `twilio`.
    String name();

    /// What an operator is told while the carrier refuses our credentials.
    String credentialsRefused();

    /// Addresses of other gateways at which the carrier's webhook of arriving calls is served too.
    default List<WebhookAlias> aliases() {
        return List.of();
    }

    /// The document by which the sound of a call comes to us over a socket at `address` that `token` opens, and the call
    /// goes on to `afterwards` when that ends without the call having ended.
    String streamDocument(StreamAddress address, String token, Afterwards afterwards);

    /// Whether a call that arrives is taken unless it is refused at once. Else it waits until it is
    /// [answered][io.sandalphone.telephony.Leg#answer] or refused, and the carrier with it, for some 15 seconds.
    default boolean answersAtOnce() {
        return true;
    }

    /// How long the stream of a call that arrived may take to start once the carrier has the document, which takes it some
    /// hundred milliseconds. It is asked for again then: one that does not come may be a caller who has hung up meanwhile, of
    /// which the carrier tells nobody unless an operator asked it to, while somebody's telephone rings.
    default Duration firstStartLimit() {
        return Duration.ofSeconds(2);
    }

    /// The document by which an arriving call is not taken, and the caller told `cause` as far as the carrier
    /// can.
    String rejection(HangupCause cause);

    /// Who calls, as the carrier's parameters of an arriving call tell.
    CallerId caller(FormParameters parameters);

    /// Begins a call.
    RestAnswer begin(NewCall call) throws InterruptedException;

    /// Ends a call; `answered` says whether the party has answered, as far as is known.
    RestAnswer end(String callId, boolean answered) throws InterruptedException;

    /// Has a call that was answered go on with `document`.
    RestAnswer redirect(String callId, String document) throws InterruptedException;

    /// Where a call is, in the carrier's words, for a gateway that starts after this one ([LegPlace#at]). Empty where no
    /// gateway could find it.
    default Map<String, String> place(String callId) {
        return Map.of();
    }

    /// The call that such words name; nothing when it can be none of this account's.
    default Optional<String> callAt(Map<String, String> at) {
        return Optional.empty();
    }

    /// Asks how it stands with a call.
    default Standing standing(String callId) throws InterruptedException {
        return new Standing.Unsaid("not-asked");
    }

    /// Asks for nothing any more.
    @Override
    void close();
}
