package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Message_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.models.Message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Asterisk's JSON as ari4java's models, ignoring fields they do not have.
///
/// ari4java's own mapper refuses unknown fields. Its lenient mode does not skip their values, so
/// the inside of an unknown object would be read as fields of the event itself.
final class AriJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private AriJson() {}

    static <T> T read(String json, Class<T> model) throws JsonProcessingException {
        return MAPPER.readValue(json, model);
    }

    static <T> List<T> readList(String json, Class<? extends T> element)
            throws JsonProcessingException {
        return MAPPER.readerForListOf(element).readValue(json);
    }

    /// @return null for a JSON `null`
    /// @throws com.fasterxml.jackson.databind.exc.InvalidTypeIdException when there is no model for
    ///     this type of event; its `getTypeId()` is the type, or null when the message has none
    static @Nullable Message readEvent(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, Message_impl_ari_10_0_0.class);
    }

    /// What Asterisk says about a refused request: the `message` or `error` of its JSON.
    static String errorText(String body) {
        try {
            var json = MAPPER.readTree(body);
            return json.path("message").asText(json.path("error").asText(""));
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
