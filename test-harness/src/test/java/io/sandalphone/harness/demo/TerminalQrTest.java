package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nayuki.qrcodegen.QrCode;

import org.junit.jupiter.api.Test;

import java.util.List;

class TerminalQrTest {
    private static final String LINK = "https://192.168.1.10:8443/phone#t=" + "x".repeat(200);

    private static List<String> lines() {
        return TerminalQr.draw(LINK)
                .lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .toList();
    }

    @Test
    void each_module_stands_where_the_code_has_it() {
        QrCode code = QrCode.encodeText(LINK, QrCode.Ecc.LOW);
        List<String> lines = lines();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                char drawn = lines.get((y + 4) / 2).charAt(x + 4);
                boolean black = drawn == '█' || drawn == (y % 2 == 0 ? '▀' : '▄');
                assertEquals(code.getModule(x, y), black, "at " + x + ", " + y);
            }
        }
    }

    @Test
    void it_fits_into_a_terminal_and_has_a_white_border() {
        List<String> lines = lines();
        assertTrue(lines.getFirst().length() <= 80, lines.getFirst());
        assertTrue(lines.getFirst().isBlank() && lines.get(1).isBlank());
        assertTrue(
                lines.stream().allMatch(line -> line.startsWith("    ") && line.endsWith("    ")));
    }
}
