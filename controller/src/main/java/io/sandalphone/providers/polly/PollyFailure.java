package io.sandalphone.providers.polly;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// What an error of Polly's, or of the way to it, means to us.
///
/// Errors keep nothing of the vendor's own messages: they quote the request, text included.
///
/// @param kind what to do about it
/// @param code Polly's name for it, or ours for what never reached Polly
/// @param status the HTTP status, 0 when there was no answer
record PollyFailure(Kind kind, String code, int status) {
    static final String NO_KEYS = "no keys";

    /// The signature is for another region than the one that was asked.
    static final String WRONG_REGION = "WrongRegion";

    private static final int MOST_CAUSES = 10;

    private static final Set<String> THROTTLES =
            Set.of(
                    "ThrottlingException",
                    "Throttling",
                    "ThrottledException",
                    "RequestThrottled",
                    "TooManyRequestsException",
                    "RequestLimitExceeded",
                    "SlowDown");

    private static final Set<String> CREDENTIALS =
            Set.of(
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "IncompleteSignatureException",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "AccessDenied",
                    "AccessDeniedException",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "RequestExpired",
                    "OptInRequired");

    /// The keys were looked for in every usual place, in vain.
    static final class NoKeysException extends RuntimeException {
        @java.io.Serial private static final long serialVersionUID = 1;

        NoKeysException() {
            super(NO_KEYS, null, false, false);
        }
    }

    static PollyFailure of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            switch (cause) {
                case AwsServiceException refusal -> {
                    return refused(refusal);
                }
                case NoKeysException _ -> {
                    return new PollyFailure(Kind.CREDENTIALS, NO_KEYS, 0);
                }
                case IOException lost -> {
                    return new PollyFailure(Kind.UNREACHABLE, lost.getClass().getSimpleName(), 0);
                }
                // The client's own: no connection became free, or none was made in time.
                case TimeoutException _ -> {
                    return new PollyFailure(Kind.UNREACHABLE, "no connection in time", 0);
                }
                default -> {}
            }
        }
        return new PollyFailure(
                Kind.PROVIDER_FAULT, causes.getLast().getClass().getSimpleName(), 0);
    }

    /// `failure`, what caused it, what caused that, as deep as is worth looking.
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Throwable cause = failure;
        while (cause != null && causes.size() < MOST_CAUSES) {
            causes.add(cause);
            cause = cause.getCause();
        }
        return causes;
    }

    private static PollyFailure refused(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String code = details == null ? "" : Objects.requireNonNullElse(details.errorCode(), "");
        int status = refusal.statusCode();
        if (details != null && isForAnotherRegion(details)) {
            code = WRONG_REGION;
        }
        return new PollyFailure(
                kind(code, status), code.matches("[A-Za-z0-9.]{1,64}") ? code : "an error", status);
    }

    private static boolean isForAnotherRegion(AwsErrorDetails details) {
        return details.errorMessage() != null
                && details.errorMessage().startsWith("Credential should be scoped");
    }

    /// What follows from Polly's error `code` and the HTTP `status`, which alone tells little: 400 is
    /// a wrong request as well as one too many.
    static Kind kind(String code, int status) {
        if (THROTTLES.contains(code) || status == 429) {
            return Kind.OVERLOADED;
        }
        if (status == 402 || code.equals("ServiceQuotaExceededException")) {
            return Kind.QUOTA;
        }
        if (CREDENTIALS.contains(code) || status == 401 || status == 403) {
            return Kind.CREDENTIALS;
        }
        return status >= 400 && status < 500 ? Kind.REQUEST : Kind.PROVIDER_FAULT;
    }

    /// A sentence for the operator.
    String sentence() {
        if (status > 0) {
            return "Polly answered %s (HTTP %d)".formatted(code, status);
        }
        return switch (kind) {
            case CREDENTIALS -> "no AWS keys were found";
            case UNREACHABLE -> "Polly cannot be reached: " + code;
            default -> "Polly's answer could not be used: " + code;
        };
    }

    SpeechException toException() {
        return new SpeechException(kind, sentence());
    }
}
