package io.sandalphone.telephony;

/// What those whom we ring are shown. `own` is one of our own numbers in E.164, or empty; with
/// `showCaller` the caller is shown in its place.
public record CallerIdPolicy(String own, boolean showCaller) {
    /// For a call that arrived for `called`, in E.164 where that can be told. A caller who does not
    /// want to be known is not: the number is ours then, and is not to be shown either.
    public CallerId onBehalfOf(CallerId caller, String called) {
        CallerId ours = own.isEmpty() ? CallerId.received(called, "") : ours();
        if (!showCaller) {
            return ours;
        }
        return caller.number().isEmpty() ? new CallerId(ours.number(), "", true) : caller;
    }

    /// For a call that nobody but us makes.
    public CallerId ours() {
        return own.isEmpty() ? CallerId.UNKNOWN : CallerId.of(own);
    }
}
