package io.sandalphone.notices;

import io.sandalphone.notices.Condition.Subject;
import io.sandalphone.notices.Notice.State;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides what is told when: each thing once when it begins, at most every hour while it lasts, and once when it is over. Holds no
/// thread and reads no clock.
final class NoticePolicy {
    /// What is still so is told again after this.
    static final Duration REPEAT = Duration.ofHours(1);

    private final Duration after;
    private final Map<Subject, Standing> standing = new LinkedHashMap<>();

    /// One thing that is the matter, or was until a moment ago.
    private static final class Standing {
        Instant since;
        Condition last;
        Instant lastSeen;
        @Nullable Instant told;

        Standing(Condition condition, Instant since, Instant lastSeen, @Nullable Instant told) {
            last = condition;
            this.since = since;
            this.lastSeen = lastSeen;
            this.told = told;
        }

        /// What lies after `now` was seen before the clock was put back: its time begins anew, or it would not come for as long.
        void putBack(Instant now) {
            lastSeen = earlier(lastSeen, now);
            Instant at = told;
            if (at == null) {
                since = earlier(since, now);
            } else {
                told = earlier(at, now);
            }
        }

        private static Instant earlier(Instant one, Instant other) {
            return one.isBefore(other) ? one : other;
        }
    }

    /// `after` is how long a change must have lasted that may be over again in a moment.
    NoticePolicy(Duration after) {
        this.after = after;
    }

    /// What has been told and is not over, as `told` before a restart; it counts as seen `now`.
    void resume(Collection<Told> told, Instant now) {
        for (Told each : told) {
            standing.put(
                    each.condition().subject(),
                    new Standing(each.condition(), each.since(), now, each.at()));
        }
    }

    /// What has been told and is not over.
    List<Told> told() {
        List<Told> told = new ArrayList<>();
        for (Standing each : standing.values()) {
            Instant at = each.told;
            if (at != null) {
                told.add(new Told(each.last, each.since, at));
            }
        }
        return told;
    }

    /// What is to be told `now` that `conditions` are so. Of the kinds in `unknown` nobody could say: what stood, stands.
    List<Notice> look(Collection<Condition> conditions, Set<NoticeKind> unknown, Instant now) {
        standing.values().forEach(each -> each.putBack(now));
        List<Notice> notices = new ArrayList<>();
        Map<Subject, Condition> present = new LinkedHashMap<>();
        conditions.forEach(condition -> present.put(condition.subject(), condition));
        present.values().forEach(condition -> seen(condition, now, notices));
        Iterator<Map.Entry<Subject, Standing>> all = standing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Subject, Standing> entry = all.next();
            NoticeKind kind = entry.getKey().kind();
            if (!present.containsKey(entry.getKey())
                    && !unknown.contains(kind)
                    && isOver(kind, entry.getValue(), now)) {
                Standing ended = entry.getValue();
                if (ended.told != null) {
                    notices.add(new Notice(ended.last, State.OVER, ended.since, now));
                }
                all.remove();
            }
        }
        return notices;
    }

    private void seen(Condition condition, Instant now, List<Notice> notices) {
        Standing its =
                standing.computeIfAbsent(
                        condition.subject(), _ -> new Standing(condition, now, now, null));
        its.last = condition;
        its.lastSeen = now;
        Instant told = its.told;
        if (told == null) {
            if (!condition.kind().mustLast() || hasPassed(after, its.since, now)) {
                its.told = now;
                notices.add(new Notice(condition, State.RAISED, its.since, now));
            }
        } else if (hasPassed(REPEAT, told, now)) {
            its.told = now;
            notices.add(new Notice(condition, State.REPEATED, its.since, now));
        }
    }

    /// What nobody has been told of is forgotten at once.
    private boolean isOver(NoticeKind kind, Standing its, Instant now) {
        return its.told == null || !kind.endMustLast() || hasPassed(after, its.lastSeen, now);
    }

    private static boolean hasPassed(Duration time, Instant from, Instant now) {
        return !now.isBefore(from.plus(time));
    }

    /// Something that was told.
    ///
    /// @param since when it was first seen
    /// @param at when it was told last
    record Told(Condition condition, Instant since, Instant at) {}
}
