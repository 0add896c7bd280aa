package io.sandalphone.metrics;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.ModelMeters;
import io.sandalphone.call.CallMeters;
import io.sandalphone.ops.LoopMeters;
import io.sandalphone.ops.PublicMeters;
import io.sandalphone.speech.http.UtteranceService.Words;
import io.sandalphone.speech.http.VendorMeters;
import io.sandalphone.speech.http.VoiceStream;
import io.sandalphone.speech.http.WholeUtterances;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.resilience.ResilienceMeters;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.markup.MarkupMeters;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Every meter that a class named `…Meters` registers, in whichever package, those included that exist only from their first use;
/// what varies among their tags is `…`.
final class AllMeters {
    private AllMeters() {}

    /// Registers them, and gives how many classes did.
    static int register(JavaClasses code, MeterRegistry registry) throws Exception {
        int areas = 0;
        for (JavaClass type : code) {
            // Those of markup are registered by each carrier under its own name.
            if (type.isTopLevelClass()
                    && type.getSimpleName().endsWith("Meters")
                    && !type.isEquivalentTo(MarkupMeters.class)) {
                Method register =
                        Class.forName(type.getName())
                                .getDeclaredMethod("register", MeterRegistry.class);
                register.setAccessible(true);
                use(Objects.requireNonNull(register.invoke(null, registry)));
                areas++;
            }
        }
        return areas;
    }

    private static void use(Object meters) {
        switch (meters) {
            case CallMeters calls -> {
                calls.live(() -> 0);
                calls.ended("…", "…");
            }
            case LoopMeters loops -> loops.overdue(() -> 0);
            case PublicMeters outside -> outside.certificateEnd(Optional::empty);
            case ResilienceMeters providers -> providers.of("…", "…", List.of("…"), () -> 0);
            case LevelMeters levels -> {
                var _ = levels.of("…", Party.CALLER);
            }
            case ModelMeters models -> {
                var _ = new ModelAnswers("…", models);
            }
            case VendorMeters vendors -> {
                var _ = new WholeUtterances("…", "…", vendors, _ -> true, (_, _) -> Words.of(""));
                var _ = new VoiceStream("…", vendors);
            }
            default -> {
                // All of them exist from the beginning.
            }
        }
    }
}
