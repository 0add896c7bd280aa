package io.sandalphone.brain;

import java.util.Locale;

/// What a language model is told before the conversation: what the operator wrote for the agent, and that it speaks on the
/// telephone.
public final class Instructions {
    private Instructions() {}

    /// As one text, the operator's first: it stays the same from call to call, which servers that keep what they have read are
    /// faster by.
    public static String of(BrainRequest request) {
        String language =
                Locale.forLanguageTag(request.language().tag()).getDisplayName(Locale.ENGLISH);
        String telephone =
                "You are talking on the telephone, in %s. Answer in one or two short spoken"
                                .formatted(language)
                        + " sentences, without lists, formatting, links or emoji.";
        return request.instructions().isBlank()
                ? telephone
                : request.instructions().strip() + "\n\n" + telephone;
    }
}
