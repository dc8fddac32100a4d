package io.carillon.recovery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.carillon.mqtt.packet.Publish;
import io.carillon.mqtt.packet.QoS;
import io.carillon.testing.ClientEvent;
import io.carillon.testing.RawClient;
import io.carillon.testing.RawConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** All numbers that one subscriber got, by topic, in the order in which they came. One thread. */
final class Book implements Survivor.Turn {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final String subscriber;
    private final Map<String, Numbers> byTopic = new HashMap<>();

    /**
     * The numbers of one topic: each once, in the order of their first copies, and how many more.
     */
    private static final class Numbers {
        final Set<Integer> firsts = new LinkedHashSet<>();
        int doubled;
    }

    Book(String subscriber) {
        this.subscriber = subscriber;
    }

    @Override
    public boolean take(RawClient client) throws IOException {
        note(client.poll(PATIENCE));
        return true;
    }

    /** Goes on until so many numbers of each topic are there, and then until nothing comes. */
    void complete(RawClient client, Map<String, Integer> sent) throws IOException {
        while (!sent.entrySet().stream()
                .allMatch(each -> of(each.getKey()).firsts.size() >= each.getValue())) {
            Optional<ClientEvent> event = client.poll(RawConnection.DEADLINE);
            if (event.isEmpty()) {
                // The check will say which are missing.
                return;
            }
            note(event);
        }
        client.drain(QUIET).forEach(this::note);
    }

    /**
     * Checks that all numbers up to {@code sent} came, the first copies in order; at QoS 2 there is
     * one copy only.
     *
     * @param refused those that may be missing
     */
    void check(String topic, QoS qos, int sent, BitSet refused) {
        String what = subscriber + ", " + topic + ": ";
        Set<Integer> came = of(topic).firsts;
        List<Integer> firsts = List.copyOf(came);
        List<Integer> expected =
                IntStream.range(0, sent)
                        .filter(number -> !refused.get(number) || came.contains(number))
                        .boxed()
                        .toList();
        for (int i = 0; i < Math.min(expected.size(), firsts.size()); i++) {
            if (!firsts.get(i).equals(expected.get(i))) {
                List<Integer> missing =
                        expected.stream().filter(number -> !came.contains(number)).toList();
                throw new AssertionError(
                        "%sexpected %d, got %s of %d; it came in %s; %d never came, the first are %s"
                                .formatted(
                                        what,
                                        expected.get(i),
                                        around(firsts, i),
                                        sent,
                                        around(firsts, firsts.indexOf(expected.get(i))),
                                        missing.size(),
                                        missing.stream().limit(20).toList()));
            }
        }
        assertEquals(expected.size(), firsts.size(), what + "number of messages");
        if (qos == QoS.EXACTLY_ONCE) {
            assertEquals(0, doubled(topic), what + "messages that came twice");
        }
    }

    /** Copies beyond the first of each message. */
    int doubled(String topic) {
        return of(topic).doubled;
    }

    private void note(Optional<ClientEvent> event) {
        if (event.isPresent() && event.get() instanceof ClientEvent.Delivered(Publish publish)) {
            note(publish);
        }
    }

    private void note(Publish publish) {
        int number = Integer.parseInt(new String(publish.message().payload(), US_ASCII));
        Numbers numbers = of(publish.message().topic().name());
        if (!numbers.firsts.add(number)) {
            numbers.doubled++;
        }
    }

    private Numbers of(String topic) {
        return byTopic.computeIfAbsent(topic, _ -> new Numbers());
    }

    private static List<Integer> around(List<Integer> numbers, int at) {
        return at < 0
                ? List.of()
                : numbers.subList(Math.max(0, at - 3), Math.min(numbers.size(), at + 4));
    }
}
