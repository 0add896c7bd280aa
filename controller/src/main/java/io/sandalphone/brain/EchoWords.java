package io.sandalphone.brain;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

/// Says back what the caller said, in every language: shows that they are understood, without anybody's account.
public final class EchoWords implements Brain {
    /// How agents name it.
    public static final String NAME = "echo-words";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean converses(Language language) {
        return true;
    }

    @Override
    public void answer(BrainRequest request, BrainReply out) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        out.text(request.said());
    }

    /// Offers it by its name. It has no settings.
    public static final class Provider implements BrainProvider {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Setting<Maker> read(Section own) {
            return own.make(() -> _ -> new EchoWords());
        }
    }
}
