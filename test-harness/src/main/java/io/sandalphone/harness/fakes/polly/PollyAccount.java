package io.sandalphone.harness.fakes.polly;

/// The one account that a fake of Polly knows, in the one region where it is.
public record PollyAccount(String accessKeyId, String secretAccessKey, String region) {
    /// The account used wherever a test does not care.
    public static final PollyAccount USUAL =
            new PollyAccount("AKIDOFTHEFAKE", "not/a+secret", "us-east-1");
}
