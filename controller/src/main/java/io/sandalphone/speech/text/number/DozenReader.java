package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.number.NumberGrammar.Part;
import io.sandalphone.speech.text.value.Value.Cardinal;

import java.math.BigDecimal;
import java.util.Optional;

/// Reads `a dozen and a half`, `dos docenas`, `una decena`.
final class DozenReader extends DraftReader {
    DozenReader(Draft draft) {
        super(draft);
    }

    int read(BigDecimal value, int start, int end, boolean negative) {
        String word = word(end);
        int of =
                word.equals("dozen") || word.equals("docena") || word.equals("docenas")
                        ? 12
                        : word.equals("decena") ? 10 : 0;
        if (of == 0 || negative) {
            return end;
        }
        BigDecimal all = value.multiply(BigDecimal.valueOf(of));
        int behind = end + 1;
        Optional<Part> more = grammar.andPart(behind);
        if (more.isPresent()) {
            all = all.add(more.get().value().multiply(BigDecimal.valueOf(of)));
            behind = more.get().end();
        }
        bind(start, behind, new Cardinal(all));
        return end;
    }
}
