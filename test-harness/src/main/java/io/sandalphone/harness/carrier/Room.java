package io.sandalphone.harness.carrier;

import io.sandalphone.harness.sip.SpeechQueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// A conference room: each member hears the sum of all others. Owner: the carrier's loop.
///
/// Members tick each on its own phase, so what one says waits for the others' next frame, at most
/// [#LONGEST_WAIT] frames.
final class Room {
    private static final int LONGEST_WAIT = 3;

    private final String name;
    private final List<Member> members = new ArrayList<>();
    private boolean started;

    Room(String name) {
        this.name = name;
    }

    /// One party of the room, as the room sees it.
    static final class Member {
        private final boolean endsRoom;
        private final Runnable ended;
        private final Map<Member, Queue<short[]>> heardFrom = new HashMap<>();

        /// @param endsRoom whether the room ends for all when this member leaves
        /// @param ended what is done when the room ends for this member
        Member(boolean endsRoom, Runnable ended) {
            this.endsRoom = endsRoom;
            this.ended = ended;
        }
    }

    String name() {
        return name;
    }

    int size() {
        return members.size();
    }

    /// @param starts whether the room begins with this member, should it not have begun
    void enter(Member member, boolean starts) {
        members.add(member);
        started |= starts;
    }

    /// Takes 20 ms from `member` for the others, and gives what `member` hears.
    short[] exchange(Member member, short[] said) {
        if (!started) {
            return new short[SpeechQueue.FRAME];
        }
        for (Member other : members) {
            if (other != member) {
                Queue<short[]> inbox =
                        other.heardFrom.computeIfAbsent(member, _ -> new ArrayDeque<>());
                inbox.add(said);
                if (inbox.size() > LONGEST_WAIT) {
                    inbox.remove();
                }
            }
        }
        int[] sum = new int[SpeechQueue.FRAME];
        for (Queue<short[]> inbox : member.heardFrom.values()) {
            short[] frame = inbox.poll();
            for (int i = 0; frame != null && i < sum.length; i++) {
                sum[i] += frame[i];
            }
        }
        short[] heard = new short[SpeechQueue.FRAME];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return heard;
    }

    /// `member` goes; when it ends the room, all others are told that it ended.
    void leave(Member member) {
        if (!members.remove(member)) {
            return;
        }
        members.forEach(other -> other.heardFrom.remove(member));
        if (member.endsRoom) {
            List<Member> left = List.copyOf(members);
            members.clear();
            left.forEach(each -> each.ended.run());
        }
    }
}
