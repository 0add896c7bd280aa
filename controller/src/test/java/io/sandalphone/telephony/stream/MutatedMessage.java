package io.sandalphone.telephony.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Messages that were changed by chance: a byte, a sign that JSON knows, a cut, an insertion or a part that was
/// copied elsewhere, up to three times each.
public final class MutatedMessage {
    private static final String ODD = "{}[]\",:\\/ \n\u0000-+eE.09azA=";

    private MutatedMessage() {}

    /// What became of `seed`.
    public static byte[] of(String seed, Random chance) {
        byte[] message = seed.getBytes(StandardCharsets.UTF_8);
        for (int times = chance.nextInt(4); times > 0; times--) {
            int at = chance.nextInt(message.length);
            switch (chance.nextInt(5)) {
                case 0 -> message[at] = (byte) chance.nextInt(256);
                case 1 -> message[at] = (byte) ODD.charAt(chance.nextInt(ODD.length()));
                case 2 -> message = Arrays.copyOf(message, Math.max(1, at));
                case 3 -> {
                    byte[] longer = new byte[message.length + 1];
                    System.arraycopy(message, 0, longer, 0, at);
                    longer[at] = (byte) ODD.charAt(chance.nextInt(ODD.length()));
                    System.arraycopy(message, at, longer, at + 1, message.length - at);
                    message = longer;
                }
                default -> {
                    int length = Math.min(chance.nextInt(1, 40), message.length - at);
                    System.arraycopy(
                            message,
                            at,
                            message,
                            chance.nextInt(message.length - length + 1),
                            length);
                }
            }
        }
        return message;
    }
}
