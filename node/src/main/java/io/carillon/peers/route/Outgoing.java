package io.carillon.peers.route;

import io.carillon.cluster.interest.Announcer;
import io.carillon.cluster.interest.Attributes;
import io.carillon.mqtt.packet.TopicFilter;
import io.carillon.topic.FilterListener;
import io.carillon.topic.Lanes;
import org.jspecify.annotations.Nullable;

/**
 * Has announced what the parties of this node want: each has an announcer while this node speaks
 * for it. What a party wants while it has none concerns nobody else: its leadership is over.
 *
 * <p>Hears the trie on any thread; all else is on the cluster loop.
 */
final class Outgoing implements FilterListener {
    private final Mailbox mailbox;
    private final @Nullable Announcer[] announcers;

    Outgoing(Lanes lanes, Mailbox mailbox) {
        this.mailbox = mailbox;
        this.announcers = new @Nullable Announcer[lanes.parties()];
    }

    @Nullable Announcer announcer(int party) {
        return announcers[party];
    }

    void announcer(int party, @Nullable Announcer announcer) {
        announcers[party] = announcer;
    }

    @Override
    public void first(int party, TopicFilter filter) {
        String text = filter.text();
        mailbox.add(() -> announce(party, text, Attributes.NONE));
    }

    @Override
    public void last(int party, TopicFilter filter) {
        String text = filter.text();
        mailbox.add(() -> withdraw(party, text));
    }

    @Override
    public void members(int party, TopicFilter sharedFilter, int connected, int total) {
        String text = sharedFilter.text();
        if (total == 0) {
            mailbox.add(() -> withdraw(party, text));
        } else {
            Attributes count = new MemberCount(connected, total).toAttributes();
            mailbox.add(() -> announce(party, text, count));
        }
    }

    private void announce(int party, String filter, Attributes attributes) {
        Announcer announcer = announcers[party];
        if (announcer != null) {
            announcer.announce(filter, attributes);
        }
    }

    private void withdraw(int party, String filter) {
        Announcer announcer = announcers[party];
        if (announcer != null) {
            announcer.withdraw(filter);
        }
    }
}
