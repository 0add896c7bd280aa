package io.sandalphone.providers.polly;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.polly.model.SynthesizeSpeechRequest;

/// Lets sound through whatever the headers beside it say: the client would throw an answer away for a
/// number it cannot read. Counts answers whose headers lack something. Thread-safe.
final class AnswerHeaders implements ExecutionInterceptor {
    private static final String BILLED = "x-amzn-RequestCharacters";
    private static final String TYPE = "Content-Type";

    private final PollyMeters meters;

    AnswerHeaders(PollyMeters meters) {
        this.meters = meters;
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        SdkHttpResponse answer = context.httpResponse();
        if (!(context.request() instanceof SynthesizeSpeechRequest) || !answer.isSuccessful()) {
            return answer;
        }
        boolean billed =
                answer.firstMatchingHeader(BILLED).filter(AnswerHeaders::isCount).isPresent();
        if (!billed || answer.firstMatchingHeader(TYPE).isEmpty()) {
            meters.incomplete().increment();
        }
        return billed ? answer : answer.copy(copy -> copy.removeHeader(BILLED));
    }

    private static boolean isCount(String value) {
        return value.matches("[0-9]{1,9}");
    }
}
