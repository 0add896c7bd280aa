package io.sandalphone.harness.carrier;

/// A party of a conference room: what `<Dial><Conference>` and an answered `<Dial>` do to the sound.
/// Owner: the carrier's loop.
final class RoomActivity implements Activity {
    private final SimulatedCall call;
    private final Room room;
    private final boolean starts;
    private final RoomSounds sounds;
    private final Room.Member member;

    /// @param starts whether the room begins with this party
    /// @param ends whether the room ends with this party
    RoomActivity(SimulatedCall call, Room room, boolean starts, boolean ends, RoomSounds sounds) {
        this.call = call;
        this.room = room;
        this.starts = starts;
        this.sounds = sounds;
        member = new Room.Member(ends, () -> call.finished(this));
    }

    @Override
    public void begin() {
        room.enter(member, starts);
    }

    @Override
    public short[] exchange(short[] said) {
        short[] heard = room.exchange(member, said);
        return sounds.over(heard, room.size());
    }

    @Override
    public void end() {
        room.leave(member);
        call.carrier().forget(room);
    }

    String roomName() {
        return room.name();
    }
}
