package io.carillon.cluster.interest;

import java.util.List;

/** What nodes tell each other about what is wanted. */
sealed interface Message {

    /**
     * What the sender speaks for, all of it or what is in doubt; the answer is {@link Applied}.
     *
     * @param answerWanted the sender wants to be told the same, of all that the receiver speaks for
     */
    record States(List<State> states, boolean answerWanted) implements Message {}

    /** What an owner wants, as of a version. */
    record State(Reign reign, long version, Digest digest) {}

    /** Changes of one owner, each of which is a version, from {@code first} on. */
    record Changes(Reign reign, long first, List<Change> changes) implements Message {}

    /** Up to which versions the sender has applied everything. */
    record Applied(List<Position> positions) implements Message {}

    /** A version of an owner; 0 in a later reign if the one spoken of is over. */
    record Position(Reign reign, long version) {}

    /**
     * Whether the sender has what is wanted in a range.
     *
     * @param id of the asker's choice; comes back with the answer
     * @param digest what the asker has
     */
    record Ask(Reign reign, long id, Range range, Digest digest) implements Message {}

    /** The answer to an {@link Ask}, as of a version. */
    sealed interface Answer extends Message {
        Reign reign();

        long id();

        long version();
    }

    /** The asker has it all. */
    record Same(Reign reign, long id, long version) implements Answer {}

    /** All that is wanted in the range. */
    record Page(Reign reign, long id, long version, List<Change.Add> wants) implements Answer {}

    /** The digests of the range's parts, whose prefix is longer by so many bits. */
    record Split(Reign reign, long id, long version, int moreBits, List<Digest> parts)
            implements Answer {}
}
