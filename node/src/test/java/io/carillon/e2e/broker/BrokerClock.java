package io.carillon.e2e.broker;

import static org.awaitility.Awaitility.await;

import io.carillon.e2e.client.ClientKind;
import io.carillon.e2e.client.ClientOptions;
import io.carillon.e2e.client.Message;
import io.carillon.e2e.client.Properties;
import io.carillon.e2e.client.TestClient;
import io.carillon.e2e.client.Within;
import java.util.concurrent.TimeUnit;

/** The broker's own clock, as far as a client sees it: by a retained message that expires. */
public final class BrokerClock {
    private static final long EXPIRY_SECONDS = 1_000;

    private BrokerClock() {}

    /** Waits until the broker says that so many seconds are over. */
    public static void awaitSeconds(Broker broker, long seconds) {
        String topic = Names.topic();
        ClientOptions options = ClientOptions.transientSession(Names.clientId());
        try (TestClient client = ClientKind.HIVEMQ_5.open(broker.tcp(), options)) {
            client.connect();
            client.publish(
                    Message.retained(topic, "started", 0)
                            .with(Properties.expiringAfter(EXPIRY_SECONDS)));
            await().atMost(Within.SECONDS, TimeUnit.SECONDS)
                    .until(() -> elapsedSeconds(client, topic) >= seconds);
        }
    }

    private static long elapsedSeconds(TestClient client, String topic) {
        client.subscribe(topic, 0);
        return EXPIRY_SECONDS - client.receive().properties().expirySeconds().orElseThrow();
    }
}
