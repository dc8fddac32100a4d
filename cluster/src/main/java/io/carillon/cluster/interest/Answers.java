package io.carillon.cluster.interest;

import io.carillon.cluster.interest.Message.Answer;
import io.carillon.cluster.interest.Message.Ask;
import io.carillon.cluster.interest.Message.Page;
import io.carillon.cluster.interest.Message.Same;
import io.carillon.cluster.interest.Message.Split;
import java.util.List;

/**
 * What a speaker answers to a question about a range: that it is the same, what is wanted in it if
 * that is little, or the digests of its parts. Where both have most in common, parts are made so
 * small that few strings are sent for a difference; where they don't, so large that a page is worth
 * its round trip. What is much is never one answer, so that the asker's loop gets to other work in
 * between.
 */
final class Answers {
    /** A page with so few strings is cheaper than another question. */
    private static final int STRINGS_AT_ONCE = 16;

    /** A page where most has to be added or removed. */
    private static final int STRINGS_PER_PAGE_MAX = 2_048;

    private static final int CHARS_PER_PAGE_MAX = 256 << 10;
    private static final int MORE_BITS_MAX = 10;

    private Answers() {}

    static Answer to(Ask ask, WantTable table, long version) {
        Range range = ask.range();
        Digest own = table.digest(range);
        if (own.equals(ask.digest())) {
            return new Same(ask.reign(), ask.id(), version);
        }
        long strings = Math.max(own.count(), ask.digest().count());
        boolean littleInCommon = Math.min(own.count(), ask.digest().count()) < strings / 2;
        int perPage = littleInCommon ? STRINGS_PER_PAGE_MAX : STRINGS_AT_ONCE;
        boolean indivisible = strings <= 1 || range.bits() == Range.BITS_MAX;
        if (indivisible || strings <= perPage) {
            List<Change.Add> wants = table.wants(range);
            if (indivisible || chars(wants) <= CHARS_PER_PAGE_MAX) {
                return new Page(ask.reign(), ask.id(), version, wants);
            }
        }
        int moreBits = moreBits(strings / (perPage / 2), range);
        List<Digest> parts = List.of(table.digests(range, moreBits));
        return new Split(ask.reign(), ask.id(), version, moreBits, parts);
    }

    /** So many bits that there are at least as many parts, within bounds. */
    private static int moreBits(long parts, Range range) {
        int wanted = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, parts));
        return Math.min(Math.min(wanted, MORE_BITS_MAX), Range.BITS_MAX - range.bits());
    }

    private static long chars(List<Change.Add> wants) {
        return wants.stream()
                .mapToLong(each -> each.string().length() + each.attributes().length())
                .sum();
    }
}
