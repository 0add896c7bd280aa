package io.sandalphone.providers.polly;

import io.sandalphone.providers.polly.PollySettings.Keys;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.polly.PollyAsyncClient;

/// Makes the AWS client as we want it: on event loops of its own, never repeating anything by itself,
/// since each request needs leave of the [RequestBudget].
final class PollyClient {
    /// Moving encrypted audio of some dozen streams is little work. With more than one, every fourth
    /// refused connection is never told: the client loses the failure on the way between two loops.
    private static final int EVENT_LOOPS = 1;

    private PollyClient() {}

    /// The event loops of a client. Who makes them ends them, after the client.
    static SdkEventLoopGroup loops() {
        return SdkEventLoopGroup.builder().numberOfThreads(EVENT_LOOPS).build();
    }

    static PollyAsyncClient of(
            PollySettings settings, SdkEventLoopGroup loops, PollyMeters meters) {
        var builder =
                PollyAsyncClient.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials(settings))
                        .overrideConfiguration(
                                each ->
                                        each.retryStrategy(DefaultRetryStrategy.doNotRetry())
                                                .addExecutionInterceptor(new AnswerHeaders(meters)))
                        // Nothing that completes on the event loop waits there.
                        .asyncConfiguration(
                                each ->
                                        each.advancedOption(
                                                SdkAdvancedAsyncClientOption
                                                        .FUTURE_COMPLETION_EXECUTOR,
                                                Runnable::run))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .eventLoopGroup(loops)
                                        .maxConcurrency(settings.connections())
                                        .connectionTimeout(settings.deadlines().firstAudio())
                                        .connectionAcquisitionTimeout(
                                                settings.deadlines().firstAudio())
                                        .tcpKeepAlive(true));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(PollySettings settings) {
        return settings.keys()
                .<AwsCredentialsProvider>map(PollyClient::fixed)
                .orElseGet(Usual::new);
    }

    private static AwsCredentialsProvider fixed(Keys keys) {
        String id = keys.accessKeyId().reveal();
        String secret = keys.secretAccessKey().reveal();
        return StaticCredentialsProvider.create(
                keys.sessionToken()
                        .<AwsCredentials>map(
                                token -> AwsSessionCredentials.create(id, secret, token.reveal()))
                        .orElseGet(() -> AwsBasicCredentials.create(id, secret)));
    }

    /// The places in which every AWS program looks for keys: environment, profile, machine.
    private static final class Usual implements AwsCredentialsProvider {
        private final AwsCredentialsProvider places = DefaultCredentialsProvider.builder().build();

        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return places.resolveCredentials();
            } catch (SdkClientException e) {
                throw new PollyFailure.NoKeysException();
            }
        }
    }
}
