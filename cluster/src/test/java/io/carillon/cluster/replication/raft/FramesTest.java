package io.carillon.cluster.replication.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bytes.FieldWriter;
import io.carillon.cluster.DiskId;
import io.carillon.cluster.NodeId;
import io.carillon.cluster.ShardId;
import io.carillon.cluster.Voter;
import io.carillon.cluster.replication.raft.Messages.Place;
import io.carillon.cluster.replication.raft.Messages.Ticket;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final Seat SENDER = new Seat(2);
    private static final Generation GENERATION = generation(1);

    private final Messages messages =
            new Messages(new GroupId(new ShardId(3), 1), ReplicaParts.members(GENERATION));

    @Test
    void messagesComeOutAsTheyWentIn() {
        Place place = new Place(70_000_000_000L, 12);
        Ticket ticket = new Ticket(5, 6);
        LogEntry newTerm = Entries.entry(place.index() + 1, 12, Operation.NewTerm.INSTANCE);
        LogEntry records = entry(place.index() + 2, 13, "hello");

        var append =
                read(
                        AppendEntriesRequest.class,
                        messages.append(SENDER, 13, place, 69, ticket, List.of(newTerm, records)));
        assertEquals(13, append.getTerm());
        assertEquals(SENDER, append.getSender());
        assertEquals(place.index(), append.getPreviousLogIndex());
        assertEquals(12, append.getPreviousLogTerm());
        assertEquals(69, append.getCommitIndex());
        assertEquals(5, append.getQuerySequenceNumber());
        assertEquals(6, append.getFlowControlSequenceNumber());
        assertEquals(2, append.getLogEntries().size());
        assertEquals(Operation.NewTerm.INSTANCE, append.getLogEntries().get(0).getOperation());
        LogEntry last = append.getLogEntries().get(1);
        assertEquals(place.index() + 2, last.getIndex());
        assertEquals(13, last.getTerm());
        assertArrayEquals("hello".getBytes(UTF_8), Entries.payloadOf(last, index -> new byte[0]));

        var appended =
                read(AppendEntriesSuccessResponse.class, messages.appended(SENDER, 4, 9, ticket));
        assertEquals(
                List.of(9L, 5L, 6L),
                List.of(
                        appended.getLastLogIndex(),
                        appended.getQuerySequenceNumber(),
                        appended.getFlowControlSequenceNumber()));

        var offer =
                read(
                        InstallSnapshotRequest.class,
                        messages.snapshot(SENDER, 4, place, ticket, null));
        assertEquals(place.index(), offer.getSnapshotIndex());
        assertEquals(12, offer.getSnapshotTerm());
        assertTrue(offer.isSenderLeader());

        assertEquals(
                place.index(),
                read(PreVoteRequest.class, messages.preVote(SENDER, 4, place)).getLastLogIndex());
        assertTrue(read(PreVoteResponse.class, messages.preVoted(SENDER, 4, true)).isGranted());
        assertTrue(read(VoteRequest.class, messages.vote(SENDER, 4, place, true)).isSticky());
        assertTrue(read(VoteResponse.class, messages.voted(SENDER, 4, true)).isGranted());
        assertEquals(
                12,
                read(TriggerLeaderElectionRequest.class, messages.electNow(SENDER, 4, place))
                        .getLastLogTerm());
    }

    @Test
    void aRefusalSaysWhereTheLogEnds() {
        var refusal = messages.refused(SENDER, 4, 100, Ticket.NONE);
        Message.Raft read = (Message.Raft) roundTrip(new Message.Raft(refusal, 42));
        assertEquals(42, read.lastLogIndex());
        assertEquals(100, ((AppendEntriesFailureResponse) read.message()).getExpectedNextIndex());
    }

    @Test
    void partsOfAStateComeOutAsTheyWentIn() {
        assertEquals(new Message.Fetch(3, 4, 5), roundTrip(new Message.Fetch(3, 4, 5)));
        Message.Part part = new Message.Part(1, 2, 3, 4, 5, true, new byte[] {6, 7});
        Message.Part read = (Message.Part) roundTrip(part);
        assertArrayEquals(part.rows(), read.rows());
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L),
                List.of(
                        (long) read.term(),
                        read.transfer(),
                        (long) read.part(),
                        read.index(),
                        (long) read.indexTerm()));
        assertTrue(read.last());
    }

    @Test
    void entriesBeyondTheBoundAreLeftForTheNextRequest() {
        List<LogEntry> entries =
                List.of(entry(1, 1, "a".repeat(60)), entry(2, 1, "b".repeat(60)), entry(3, 1, "c"));
        var request = messages.append(SENDER, 1, Place.START, 0, Ticket.NONE, entries);
        assertEquals(1, read(AppendEntriesRequest.class, request).getLogEntries().size());
    }

    @Test
    void aFrameOfOtherVotersIsRefused() {
        byte[] frame = frames(generation(2)).begin(0, 16).toBytes();
        var e = assertThrows(IllegalArgumentException.class, () -> frames(GENERATION).read(frame));
        assertTrue(e.getMessage().contains("other voters"), e.getMessage());
    }

    @Test
    void aFrameOfALaterReleaseIsRefused() {
        byte[] frame = frames(GENERATION).begin(0, 16).toBytes();
        frame[0] = 99;
        var e = assertThrows(IllegalArgumentException.class, () -> frames(GENERATION).read(frame));
        assertTrue(e.getMessage().contains("version 99"), e.getMessage());
    }

    @Test
    void wordsAboutGenerationsComeOutAsTheyWentIn() {
        Generation recovered = new Generation(70, GENERATION.voters(), 65);
        for (Word word :
                List.of(
                        new Word.Ask(),
                        new Word.Notice(GENERATION, false),
                        new Word.Notice(recovered, true))) {
            assertEquals(word, Word.read(word.toFrame()));
        }
        assertNull(Word.read(frames(GENERATION).begin(0, 16).toBytes()));
        byte[] whole = new Word.Notice(recovered, true).toFrame();
        for (int length = 0; length < whole.length; length++) {
            byte[] damaged = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> Word.read(damaged));
        }
    }

    @Test
    void aSealComesOutAsItWentIn() {
        LogEntry seal = Entries.entry(3, 2, new Operation.Seal(GENERATION));
        var request = messages.append(SENDER, 2, new Place(2, 1), 0, Ticket.NONE, List.of(seal));
        LogEntry read = read(AppendEntriesRequest.class, request).getLogEntries().getFirst();
        assertEquals(seal.getOperation(), read.getOperation());
    }

    @Test
    void damagedFramesAreRefusedAndDoNoHarm() {
        Random random = new Random(1);
        Frames frames = frames(GENERATION);
        byte[] whole =
                frame(
                        frames,
                        messages.append(
                                SENDER,
                                1,
                                Place.START,
                                0,
                                Ticket.NONE,
                                List.of(entry(1, 1, "payload"))));
        for (int length = 0; length < whole.length; length++) {
            byte[] damaged = Arrays.copyOf(whole, length);
            if (length != 7) { // a header alone is a frame without messages
                assertThrows(IllegalArgumentException.class, () -> frames.read(damaged));
            }
        }
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] = (byte) random.nextInt();
            try {
                frames.read(damaged);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage() != null);
            }
        }
    }

    private <T> T read(Class<T> type, RaftMessage message) {
        return type.cast(((Message.Raft) roundTrip(new Message.Raft(message, 0))).message());
    }

    private Message roundTrip(Message message) {
        Frames frames = frames(GENERATION);
        FieldWriter writer = frames.begin(SENDER.number(), 16);
        frames.add(writer, message);
        Frames.Frame frame = frames.read(writer.toBytes());
        assertEquals(SENDER, frame.sender());
        assertEquals(1, frame.messages().size());
        return frame.messages().getFirst();
    }

    private static byte[] frame(Frames frames, RaftMessage message) {
        FieldWriter writer = frames.begin(0, 16);
        frames.add(writer, new Message.Raft(message, 0));
        return writer.toBytes();
    }

    private Frames frames(Generation generation) {
        return new Frames(
                generation,
                new MessageWriter(100, index -> new byte[0]),
                new MessageReader(messages));
    }

    private static LogEntry entry(long index, int term, String payload) {
        return Entries.entry(index, term, Operation.Records.received(payload.getBytes(UTF_8)));
    }

    private static Generation generation(long diskOfFirst) {
        return new Generation(
                1,
                List.of(
                        new Voter(new NodeId("a"), new DiskId(1, diskOfFirst)),
                        new Voter(new NodeId("b"), new DiskId(2, 2)),
                        new Voter(new NodeId("c"), new DiskId(3, 3))));
    }
}
