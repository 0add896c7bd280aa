package io.sandalphone.harness.sip;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One call of a [SipPhone], made or received: a dialog of RFC 3261, and its sound.
///
/// Thread-safe. What waits answers with the time ([System#nanoTime]) at which it happened, and
/// throws [AssertionError] with the course of the call when it does not. State is changed on the
/// phone's signalling thread only.
public final class PhoneCall {
    private static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO";

    private enum State {
        RINGING,
        ANSWERED,
        ENDED
    }

    private final SipPhone phone;
    private final boolean outgoing;
    private final String id;
    private final String called;
    private final SipMessage invite;
    private final String contact;
    private final String local;
    private final PhoneMedia media;
    private final CompletableFuture<Long> ringing = new CompletableFuture<>();
    private final CompletableFuture<Long> answered = new CompletableFuture<>();
    private final CompletableFuture<Long> ended = new CompletableFuture<>();
    private final CompletableFuture<Integer> finalStatus = new CompletableFuture<>();
    private final List<String> history = new ArrayList<>();
    private final List<String> responses = new ArrayList<>();
    private final long born = System.nanoTime();

    private volatile boolean farEndEnded;
    private volatile boolean vanished;
    private State state = State.RINGING;
    private String remote;
    private String target;
    private InetSocketAddress next;
    private long sequence = 1;
    private boolean provisional;
    private boolean cancelling;

    private PhoneCall(
            SipPhone phone,
            boolean outgoing,
            SipMessage invite,
            String called,
            InetSocketAddress next,
            PhoneMedia media) {
        this.phone = phone;
        this.outgoing = outgoing;
        this.invite = invite;
        this.called = called;
        this.next = next;
        this.media = media;
        this.id = invite.require("Call-ID");
        String tagged = ";tag=" + token();
        this.local = outgoing ? invite.require("From") : invite.require("To") + tagged;
        this.remote = invite.require(outgoing ? "To" : "From");
        this.target =
                outgoing ? invite.requestUri() : SipMessage.address(invite.require("Contact"));
        String ownUser = outgoing ? SipPhone.user(SipMessage.address(local)) : called;
        this.contact = "<" + phone.uri(ownUser) + ">";
    }

    static PhoneCall outgoing(
            SipPhone phone,
            String from,
            String uri,
            Map<String, String> headers,
            PhoneMedia media) {
        String contact = phone.uri(SipPhone.user(SipMessage.address(from)));
        SipMessage invite =
                SipMessage.request("INVITE", uri)
                        .with("Via", via(phone))
                        .with("Max-Forwards", "70")
                        .with("From", from + ";tag=" + token())
                        .with("To", "<" + uri + ">")
                        .with("Call-ID", token() + token())
                        .with("CSeq", new SipMessage.CSeq(1, "INVITE").toString())
                        .with("Contact", "<" + contact + ">")
                        .with("Allow", ALLOW);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            invite = invite.with(header.getKey(), header.getValue());
        }
        invite = invite.withBody(Sdp.TYPE, media.offer().text());
        return new PhoneCall(phone, true, invite, SipPhone.user(uri), SipPhone.target(uri), media);
    }

    static PhoneCall incoming(
            SipPhone phone,
            SipMessage invite,
            InetSocketAddress from,
            String called,
            PhoneMedia media) {
        return new PhoneCall(phone, false, invite, called, from, media);
    }

    /// The Call-ID.
    public String id() {
        return id;
    }

    /// The number that was called.
    public String called() {
        return called;
    }

    /// The number the caller shows.
    public String caller() {
        return SipPhone.user(SipMessage.address(invite.require("From")));
    }

    /// What was said of the caller, and all else: the INVITE, byte for character.
    public String invitation() {
        return invite.toString();
    }

    /// The values of a header of the INVITE.
    public List<String> invitation(String header) {
        return invite.all(header);
    }

    /// The responses to the INVITE that came so far.
    public String responses() {
        synchronized (history) {
            return String.join("\n", responses);
        }
    }

    /// The sound of the call.
    public PhoneMedia media() {
        return media;
    }

    /// Waits until the far end rings, by 180 or 183; of a received call, until this phone does.
    public long awaitRinging(Duration limit) throws InterruptedException {
        return await(ringing, limit, "ringing");
    }

    /// Waits until the call is answered.
    public long awaitAnswered(Duration limit) throws InterruptedException {
        return await(answered, limit, "answered");
    }

    /// Waits until the call is over, whatever way it ended.
    public long awaitEnded(Duration limit) throws InterruptedException {
        return await(ended, limit, "ended");
    }

    /// Does `task` when the call is answered, on any thread; never if it is not.
    public void whenAnswered(Runnable task) {
        var _ = answered.thenRun(task);
    }

    /// Does `task` when the call is over, on any thread.
    public void whenOver(Runnable task) {
        var _ = ended.thenRun(task);
    }

    /// The last word on the INVITE so far; 0 while there is none.
    public int lastStatus() {
        return finalStatus.getNow(0);
    }

    /// The last word on the INVITE: 200, 486 and so on; 408 when it was never answered. Waits for
    /// it.
    public int finalStatus(Duration limit) throws InterruptedException {
        return await(finalStatus, limit, "finally answered");
    }

    /// Whether it was answered and has not ended.
    public boolean isUp() {
        return answered.isDone() && !answered.isCompletedExceptionally() && !ended.isDone();
    }

    /// When the call was over; negative while it is not.
    public long endedNanos() {
        return ended.getNow(-1L);
    }

    /// Whether it was the far end that ended, cancelled or refused it.
    public boolean endedByFarEnd() {
        return farEndEnded;
    }

    /// Ends the call in the way its state asks for: BYE, or before the answer CANCEL if this phone
    /// is the caller and 603 if it is called.
    public void hangUp() {
        phone.run(
                () -> {
                    switch (state) {
                        case RINGING -> {
                            if (outgoing) {
                                cancelInvite();
                            } else {
                                refuseWith(603);
                            }
                        }
                        case ANSWERED -> sayGoodbye();
                        case ENDED -> {}
                    }
                });
    }

    /// From now on this phone neither sends anything in this call nor answers, as one that lost its
    /// power.
    public void vanish() {
        vanished = true;
        media.stopSending();
    }

    boolean hasVanished() {
        return vanished;
    }

    void ignored(String method) {
        note("< " + method + ", not answered");
    }

    /// Puts the far end on hold (RFC 3264, 8.4): neither side is to send sound.
    public void hold() {
        phone.run(() -> offer("a=inactive"));
    }

    /// Takes the far end off hold.
    public void resume() {
        phone.run(() -> offer("a=sendrecv"));
    }

    private void offer(String direction) {
        note("> INVITE again, " + direction);
        sequence++;
        long number = sequence;
        SipMessage again =
                request("INVITE", number)
                        .withBody(Sdp.TYPE, media.offer().text().replace("a=sendrecv", direction));
        phone.transactions()
                .request(
                        again,
                        next,
                        response -> {
                            note("< " + response.status() + " INVITE again");
                            if (response.status() / 100 == 2) {
                                phone.transactions().send(request("ACK", number), next);
                            }
                        });
    }

    /// Takes a ringing call that the policy left to the test.
    public void answer() {
        phone.run(this::accept);
    }

    /// Refuses a ringing call that the policy left to the test.
    public void refuse(int status) {
        phone.run(() -> refuseWith(status));
    }

    /// What was sent and received, a line each, with the milliseconds since the call began.
    public String history() {
        synchronized (history) {
            return String.join("\n", history);
        }
    }

    @Override
    public String toString() {
        return (outgoing ? "outgoing" : "incoming") + " call " + id + "\n" + history();
    }

    /// Sends the INVITE.
    void invite() {
        note("> INVITE");
        phone.transactions().request(invite, next, this::inviteAnswered);
    }

    /// Begins to ring, and to do what `answer` says.
    void ring(Answer answer) {
        note("< INVITE");
        switch (answer) {
            case Answer.Accept(Duration ring, boolean earlyMedia) -> {
                if (earlyMedia) {
                    startMedia(invite.body());
                    respond(withDescription(response(183)));
                } else {
                    respond(response(180));
                }
                phone.runAfter(ring, this::accept);
            }
            case Answer.Refuse(Duration ring, int status) -> {
                if (ring.isPositive()) {
                    respond(response(180));
                }
                phone.runAfter(ring, () -> refuseWith(status));
            }
            case Answer.Ring() -> respond(response(180));
            case Answer.Ignore() -> {}
        }
    }

    void acknowledged(SipMessage ack) {
        note("< ACK");
        if (!ack.body().isBlank()) {
            startMedia(ack.body());
        }
    }

    /// A new offer within the call: where the far end wants its sound from now on.
    void reinvited(SipMessage request) {
        note("< INVITE again");
        if (!request.body().isBlank()) {
            startMedia(request.body());
        }
        request.header("Contact").ifPresent(this::takeTarget);
        SipMessage response = SipMessage.response(request, 200).with("Contact", contact);
        note("> 200");
        phone.transactions().respond(request, withDescription(response));
    }

    void farEndHungUp(SipMessage bye) {
        note("< BYE");
        note("> 200");
        phone.transactions().respond(bye, SipMessage.response(bye, 200));
        farEndEnded = true;
        end();
    }

    void farEndCancelled(SipMessage cancel) {
        note("< CANCEL");
        phone.transactions().respond(cancel, SipMessage.response(cancel, 200));
        if (state == State.RINGING) {
            farEndEnded = true;
            refuseWith(487);
        }
    }

    private void inviteAnswered(SipMessage response) {
        note("< " + response.status());
        synchronized (history) {
            responses.add(response.toString());
        }
        if (response.status() < 200) {
            provisional = true;
            if (cancelling) {
                sendCancel();
            } else if (response.status() > 100) {
                ringing.complete(System.nanoTime());
                startMedia(response.body());
            }
        } else if (response.status() < 300) {
            remote = response.require("To");
            response.header("Contact").ifPresent(this::takeTarget);
            note("> ACK");
            phone.transactions().send(request("ACK", invite.cseq().number()), next);
            if (state == State.RINGING) {
                finalStatus.complete(response.status());
                startMedia(response.body());
                state = State.ANSWERED;
                answered.complete(System.nanoTime());
                if (cancelling) {
                    // The answer and our CANCEL crossed: RFC 3261, 9.1.
                    sayGoodbye();
                }
            }
        } else {
            finalStatus.complete(response.status());
            farEndEnded = !cancelling;
            end();
        }
    }

    private void accept() {
        if (state != State.RINGING) {
            return;
        }
        if (!invite.body().isBlank() && !media.understands(invite.body())) {
            refuseWith(488);
            return;
        }
        startMedia(invite.body());
        state = State.ANSWERED;
        finalStatus.complete(200);
        respond(withDescription(response(200)));
        answered.complete(System.nanoTime());
    }

    private void refuseWith(int status) {
        if (state == State.RINGING) {
            finalStatus.complete(status);
            respond(response(status));
            end();
        }
    }

    private void cancelInvite() {
        if (!cancelling) {
            cancelling = true;
            // Without a provisional answer there is nothing to cancel yet: RFC 3261, 9.1.
            if (provisional) {
                sendCancel();
            }
        }
    }

    private void sendCancel() {
        note("> CANCEL");
        SipMessage cancel =
                SipMessage.request("CANCEL", invite.requestUri())
                        .with("Via", invite.require("Via"))
                        .with("Max-Forwards", "70")
                        .with("From", invite.require("From"))
                        .with("To", invite.require("To"))
                        .with("Call-ID", id)
                        .with("CSeq", invite.cseq().number() + " CANCEL");
        phone.transactions()
                .request(cancel, next, response -> note("< " + response.status() + " CANCEL"));
    }

    private void sayGoodbye() {
        note("> BYE");
        state = State.ENDED;
        media.close();
        sequence++;
        phone.transactions()
                .request(
                        request("BYE", sequence),
                        next,
                        response -> {
                            note("< " + response.status() + " BYE");
                            if (response.status() >= 200) {
                                end();
                            }
                        });
    }

    private void end() {
        state = State.ENDED;
        media.close();
        phone.forget(this);
        var over = new IllegalStateException("the call is over");
        ringing.completeExceptionally(over);
        answered.completeExceptionally(over);
        ended.complete(System.nanoTime());
    }

    private void startMedia(String description) {
        Sdp.parse(description).ifPresent(media::connect);
    }

    private void takeTarget(String header) {
        target = SipMessage.address(header);
        next = SipPhone.target(target);
    }

    private SipMessage response(int status) {
        return SipMessage.response(invite, status)
                .replacing("To", local)
                .with("Contact", contact)
                .with("Allow", ALLOW);
    }

    private SipMessage withDescription(SipMessage response) {
        return response.withBody(Sdp.TYPE, media.answer().text());
    }

    private void respond(SipMessage response) {
        note("> " + response.status());
        if (response.status() < 200) {
            ringing.complete(System.nanoTime());
        }
        phone.transactions().respond(invite, response);
    }

    /// A request within the dialog.
    private SipMessage request(String method, long number) {
        return SipMessage.request(method, target)
                .with("Via", via(phone))
                .with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", id)
                .with("CSeq", number + " " + method)
                .with("Contact", contact);
    }

    private static String via(SipPhone phone) {
        InetSocketAddress address = phone.address();
        return "SIP/2.0/UDP %s:%d;rport;branch=z9hG4bK%s"
                .formatted(address.getAddress().getHostAddress(), address.getPort(), token());
    }

    private static String token() {
        return UUID.randomUUID().toString().substring(0, 13);
    }

    private void note(String line) {
        synchronized (history) {
            history.add("%6d ms %s".formatted((System.nanoTime() - born) / 1_000_000, line));
        }
    }

    private <T> T await(CompletableFuture<T> event, Duration limit, String what)
            throws InterruptedException {
        try {
            return event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not " + what + " within " + limit + ": " + this, e);
        } catch (ExecutionException e) {
            throw new AssertionError("over before it was " + what + ": " + this, e);
        }
    }
}
