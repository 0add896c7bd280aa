package io.sandalphone.telephony.asterisk;

/// How numbers are reached from Asterisk. `endpoint` is a dial string in which `{number}` stands for
/// the digits of the number, without the plus sign: `PJSIP/{number}@voipms`.
public record TrunkSettings(String endpoint) {
    private static final String NUMBER = "{number}";

    public TrunkSettings {
        if (!endpoint.contains("/")) {
            throw new IllegalArgumentException("no technology in the endpoint " + endpoint);
        }
    }

    /// The dial string for `number`, which is E.164 with its plus sign.
    String endpointFor(String number) {
        return endpoint.replace(NUMBER, number.substring(1));
    }
}
