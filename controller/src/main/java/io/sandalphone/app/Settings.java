package io.sandalphone.app;

import io.sandalphone.call.JournalSettings;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.notices.NoticeSettings;
import io.sandalphone.ops.HttpSettings;
import io.sandalphone.ops.PublicHttpSettings;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Limits;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.text.protect.Glossary;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.client.ClientSettings;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.telnyx.TelnyxSettings;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.sandalphone.translate.AnnouncementSettings;
import io.sandalphone.translate.LaneSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// All settings, each section as the record beside the code it configures.
///
/// `asterisk`, `publicHttp`, `twilio`, `telnyx` and `clients` are empty in a gateway that has none. `streams` is what
/// holds for all carriers of media streams. `routes` are all there are at the start, those of `numbers` included, the file that may
/// change while we run. `agents` are those who answer calls by themselves. With `publicOperators` operators are served at `publicHttp` too. `terms` are
/// those of calls that operators ask for. With `ignoreSounds` tones, data and music are no
/// speech. `liveCaptions` lets watchers of the events see what people say. `drain` is how long running
/// calls may go on when the controller stops. `rehearsal` is how long a call of our own may take before the
/// first one; empty: there is none.
/// `nativeFolder` is where native code is unpacked; empty: Java's temporary folder. `models` holds the
/// files that engines load.
public record Settings(
        Optional<AsteriskSettings> asterisk,
        HttpSettings http,
        Optional<PublicHttpSettings> publicHttp,
        boolean publicOperators,
        StreamSettings streams,
        Optional<TwilioSettings> twilio,
        Optional<TelnyxSettings> telnyx,
        Optional<ClientSettings> clients,
        RouteTable routes,
        Optional<NumbersFile> numbers,
        CallTerms terms,
        Limits limits,
        AgentsSettings agents,
        SpeechSettings speech,
        Glossary glossary,
        LaneSettings interpretation,
        AnnouncementSettings announcement,
        CostSettings costs,
        JournalSettings journal,
        NoticeSettings notices,
        boolean ignoreSounds,
        boolean liveCaptions,
        boolean inhibitSleep,
        Duration drain,
        Optional<Duration> rehearsal,
        Optional<Path> nativeFolder,
        ModelFolder models,
        LogSettings log) {}
