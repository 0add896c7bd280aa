package io.sandalphone.harness.carrier;

import org.jspecify.annotations.Nullable;

/// A number of the account, as the carrier's console has it.
///
/// @param number E.164
/// @param voiceUrl where calls for it are announced
/// @param fallbackUrl where they are announced when that fails, if anywhere
/// @param fallbackDocument what they run when that fails too or is not there, as a TwiML Bin would
///     give it, if anything
/// @param statusUrl where it is told that a call ended, if anywhere
public record IncomingNumber(
        String number,
        String voiceUrl,
        @Nullable String fallbackUrl,
        @Nullable String fallbackDocument,
        @Nullable String statusUrl) {
    /// One that has nothing but its webhook.
    public IncomingNumber(String number, String voiceUrl) {
        this(number, voiceUrl, null, null, null);
    }

    /// The same, with a document that stands at the carrier.
    public IncomingNumber withFallbackDocument(String document) {
        return new IncomingNumber(number, voiceUrl, fallbackUrl, document, statusUrl);
    }

    /// The same, with an address to turn to when the first fails.
    public IncomingNumber withFallbackUrl(String url) {
        return new IncomingNumber(number, voiceUrl, url, fallbackDocument, statusUrl);
    }

    /// The same, with an address that is told how calls went.
    public IncomingNumber withStatusUrl(String url) {
        return new IncomingNumber(number, voiceUrl, fallbackUrl, fallbackDocument, url);
    }
}
