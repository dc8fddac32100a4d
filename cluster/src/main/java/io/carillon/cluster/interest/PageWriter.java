package io.carillon.cluster.interest;

import io.carillon.cluster.interest.MessageCodec.SharedPage;
import io.carillon.cluster.interest.SharedPages.Page;
import io.carillon.cluster.interest.SharedPages.PageKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the shared map what has changed, after the fact: one write at a time, of bounded size,
 * a page once for all changes since it was written last. What waits is a bit per page. On the loop.
 */
final class PageWriter {
    private final Surroundings here;
    private final Speaking speaking;

    /** Whose turn it is: none is kept waiting by another that changes all the time. */
    private final ArrayDeque<Announcer> round = new ArrayDeque<>();

    /** Owners that this node speaks for no longer, and whose pages are to go. */
    private final LinkedHashSet<Owner> left = new LinkedHashSet<>();

    private boolean writing;

    PageWriter(Surroundings here, Speaking speaking) {
        this.here = here;
        this.speaking = speaking;
    }

    /** This node does not speak for the owner any more. */
    void leave(Owner owner) {
        left.add(owner);
    }

    void tick() {
        if (writing) {
            return;
        }
        List<Page> pages = new ArrayList<>();
        long bytes = 0;
        while (bytes < here.settings().pageBytesPerTick() && !left.isEmpty()) {
            Owner owner = left.removeFirst();
            if (speaking.of(owner) == null) {
                for (int i = 0; i < SharedPages.PAGES; i++) {
                    pages.add(new Page(new PageKey(owner, i), null));
                }
                bytes += (long) PageKey.BYTES * SharedPages.PAGES;
            }
        }
        @Nullable Announcer next;
        while (bytes < here.settings().pageBytesPerTick() && (next = nextAnnouncer()) != null) {
            bytes += take(next, pages, here.settings().pageBytesPerTick() - bytes);
        }
        if (!pages.isEmpty()) {
            write(pages);
        }
    }

    private @Nullable Announcer nextAnnouncer() {
        if (round.isEmpty()) {
            round.addAll(speaking.all());
        }
        while (!round.isEmpty()) {
            Announcer next = round.peek();
            if (next.speaks() && !next.unwrittenPages().isEmpty()) {
                return next;
            }
            round.remove();
        }
        return null;
    }

    private static long take(Announcer announcer, List<Page> pages, long bytesMax) {
        long bytes = 0;
        int number;
        while (bytes < bytesMax && (number = announcer.unwrittenPages().nextSetBit(0)) >= 0) {
            announcer.unwrittenPages().clear(number);
            List<Change.Add> wants = announcer.table().wants(Pages.rangeOf(number));
            byte[] content =
                    wants.isEmpty()
                            ? null
                            : MessageCodec.encode(new SharedPage(announcer.reign(), wants));
            pages.add(new Page(new PageKey(announcer.owner(), number), content));
            bytes += content == null ? PageKey.BYTES : PageKey.BYTES + content.length;
        }
        return bytes;
    }

    private void write(List<Page> pages) {
        writing = true;
        here.pages()
                .write(pages)
                .whenComplete((_, failure) -> here.loop().execute(() -> written(pages, failure)));
    }

    private void written(List<Page> pages, @Nullable Throwable failure) {
        writing = false;
        if (failure == null) {
            return;
        }
        here.counters().sharedMapFailures++;
        for (Page each : pages) {
            Announcer announcer = speaking.of(each.key().owner());
            if (announcer == null) {
                left.add(each.key().owner());
            } else {
                announcer.unwrittenPages().set(each.key().number());
            }
        }
    }
}
