package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.stream.StreamAddress;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Another gateway's address for the webhook of arriving calls: a number that was set up for that gateway needs no other
/// here. It is the same webhook in all else, and its documents send the stream to `streamPath`.
///
/// @param path where calls are announced, such as `/voice/incoming`
/// @param streamPath one of the paths of [io.sandalphone.telephony.stream.StreamEndpoint]
/// @param tellsLanguage whether `?lang=ja` behind the path becomes the stream's parameter `lang`
/// @param tellsCaller whether the caller's number becomes the stream's parameter `caller`, where it is not withheld
public record WebhookAlias(
        String path, String streamPath, boolean tellsLanguage, boolean tellsCaller) {
    /// The parameter of the query, and of the stream, that names the caller's language.
    static final String LANGUAGE = "lang";

    private static final String CALLER = "caller";
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");

    /// One with nothing but its paths.
    public WebhookAlias(String path, String streamPath) {
        this(path, streamPath, false, false);
    }

    /// The language that the query names, where this address tells one and it is a BCP 47 tag.
    Optional<String> language(@Nullable String given) {
        return Optional.ofNullable(given)
                .filter(_ -> tellsLanguage)
                .filter(tag -> TAG.matcher(tag).matches());
    }

    /// The address of the stream of a call that `caller` makes, in `language` where the query names one.
    StreamAddress stream(CallerId caller, Optional<String> language) {
        Map<String, String> parameters = new HashMap<>();
        language.ifPresent(tag -> parameters.put(LANGUAGE, tag));
        if (tellsCaller && !caller.number().isEmpty()) {
            parameters.put(CALLER, caller.number());
        }
        return new StreamAddress(streamPath, parameters);
    }
}
