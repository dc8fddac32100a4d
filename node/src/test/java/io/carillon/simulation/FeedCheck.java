package io.carillon.simulation;

import java.util.Map;

/**
 * What is retained comes after SUBACK, if the client asked for it and nothing goes on; or else what
 * has been published in its place.
 */
final class FeedCheck {
    private static final long FEED_MILLIS = 1_000;

    /** So long after a message is acknowledged it has come, live or retained. */
    private static final long LATE_MILLIS = 500;

    private final World world;
    private final SimClient client;
    private final RetainedState retained;
    private int begun;

    FeedCheck(World world, Ledger ledger, SimClient client) {
        this.world = world;
        this.client = client;
        this.retained = new RetainedState(ledger);
    }

    /** A SUBACK has come just now: all that was retained before comes, or what is by then. */
    void begin(Profile.Wish wish, Conn over) {
        long nowMillis = world.now();
        begun++;
        int number = begun;
        client.book.gotRetained.keySet().removeIf(wish::matches);
        world.in(FEED_MILLIS, () -> judge(wish, over, nowMillis, number));
    }

    private void judge(Profile.Wish wish, Conn over, long sinceMillis, int number) {
        boolean isJudged =
                number == begun // or what came for this one is forgotten, and comes again
                        && over.equals(client.connection())
                        && client.subscriptions.standSince(wish, sinceMillis)
                        && world.isQuietSince(sinceMillis);
        if (!isJudged) {
            return;
        }
        // Also what was under way at SUBSCRIBE.
        long beforeMillis = world.now() - LATE_MILLIS;
        Map<String, Integer> got = client.book.gotRetained;
        for (String topic : retained.topics()) {
            Ledger.Sent missing =
                    wish.matches(topic)
                            ? retained.passedOver(topic, got.get(topic), beforeMillis)
                            : null;
            if (missing != null) {
                world.bad(
                        "P6: "
                                + over
                                + " asked for what is retained, and got "
                                + got.get(topic)
                                + ", not "
                                + missing);
            }
        }
    }
}
