package io.sandalphone.call;

import io.sandalphone.agent.Introduction;
import io.sandalphone.cost.CostMeter;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;

/// How one call's caller is put through to people by an agent: who takes part then, whose day it is counted on, and what the person
/// hears first, which is voiced while their telephone rings. Runs on the call's loop.
final class Transfers {
    private static final Logger log = LoggerFactory.getLogger(Transfers.class);

    /// After so many attempts in one call nobody is rung any more: people are not rung for ever for one who asks again and again.
    private static final int MOST = 3;

    /// How long a person who has answered waits for what they are to hear. Then they are joined without.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Participants begun;
    private final CallConnection connection;
    private final SpeechEngines engines;
    private final VoiceChoice voices;
    private final CostMeter costs;
    private final CallMeters meters;
    private Loop.Timer voicing = () -> {};
    private Loop.Timer patience = () -> {};
    private Runnable counted = () -> {};
    private short @Nullable [] introduction;
    private Participants reaching;
    private boolean answered;
    private int attempts;

    /// `begun` are those who took part in the call before anybody was put through, `voices` those of the agent.
    Transfers(
            Participants begun,
            CallConnection connection,
            SpeechEngines engines,
            VoiceChoice voices,
            CostMeter costs,
            CallMeters meters) {
        this.begun = begun;
        reaching = begun;
        this.connection = connection;
        this.engines = engines;
        this.voices = voices;
        this.costs = costs;
        this.meters = meters;
    }

    /// Whether somebody may be rung still.
    boolean mayBegin() {
        return attempts < MOST;
    }

    /// Gives who takes part while the person is rung; nothing when nobody may be any more, or the person's day is used up.
    Optional<Participants> begin(Transfer transfer) {
        boolean may = mayBegin();
        attempts++;
        reaching = begun.reaching(transfer.person());
        Optional<Runnable> counts =
                may
                        ? begun.attended().orElseThrow().count().apply(reaching.to())
                        : Optional.empty();
        log.atInfo()
                .addKeyValue("call", begun.id())
                .addKeyValue("person", transfer.person().name())
                .addKeyValue("allowed", counts.isPresent())
                .log("agent puts the caller through");
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        counted = counts.get();
        introduction = null;
        answered = false;
        voice(
                new Introduction(
                        transfer.reason(),
                        reaching.terms().callerLanguage(),
                        voices,
                        reaching.terms().destinationLanguage()));
        return Optional.of(reaching);
    }

    private void voice(Introduction spoken) {
        if (!costs.mayTranslate()) {
            introduction = new short[0];
            return;
        }
        voicing =
                connection
                        .loop()
                        .offload(
                                () -> spoken.voiced(engines, costs),
                                this::voiced,
                                why -> {
                                    log.atWarn()
                                            .addKeyValue("call", begun.id())
                                            .setCause(why)
                                            .log("person is not told why they are called");
                                    voiced(new short[0]);
                                });
    }

    private void voiced(short[] sound) {
        introduction = sound;
        if (answered) {
            join(sound);
        }
    }

    /// The person has answered.
    void introduce() {
        answered = true;
        if (introduction != null) {
            join(introduction);
        } else {
            patience = connection.loop().schedule(PATIENCE, () -> join(new short[0]));
        }
    }

    private void join(short[] first) {
        stop();
        connection.join(first);
    }

    private void stop() {
        voicing.cancel();
        patience.cancel();
    }

    /// It is over, with this result. Gives who takes part from now on.
    Participants end(TransferResult result) {
        stop();
        meters.transferred(result);
        log.atInfo()
                .addKeyValue("call", begun.id())
                .addKeyValue("result", result.wireName())
                .log("transfer ended");
        if (result == TransferResult.JOINED) {
            return reaching.withoutAgent();
        }
        close();
        return begun;
    }

    /// Nobody is rung any more, and nobody talks with whoever was.
    void close() {
        stop();
        counted.run();
        counted = () -> {};
    }
}
