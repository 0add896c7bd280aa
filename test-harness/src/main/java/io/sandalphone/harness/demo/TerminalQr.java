package io.sandalphone.harness.demo;

import io.nayuki.qrcodegen.QrCode;

/// Draws a QR code with the characters of a terminal, two rows of modules in a line of text, black on
/// white whatever the terminal's colours are.
final class TerminalQr {
    // ISO/IEC 18004, 9.1: four modules of white around it.
    private static final int QUIET = 4;
    private static final String BLACK_ON_WHITE = "\u001b[30;107m";
    private static final String RESET = "\u001b[0m";

    private TerminalQr() {}

    static String draw(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
        var drawn = new StringBuilder();
        for (int y = -QUIET; y < code.size + QUIET; y += 2) {
            drawn.append(BLACK_ON_WHITE);
            for (int x = -QUIET; x < code.size + QUIET; x++) {
                boolean upper = code.getModule(x, y);
                boolean lower = code.getModule(x, y + 1);
                drawn.append(upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
            }
            drawn.append(RESET).append('\n');
        }
        return drawn.toString();
    }
}
