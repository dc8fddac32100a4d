package io.carillon.cluster.link.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class TransportLogTest {
    @Test
    void theInnermostCauseIsSaidInOneLineNowAndThen() throws Exception {
        try (RefusalTexts texts = new RefusalTexts()) {
            TransportLog log = new TransportLog();
            log.publish(new LogRecord(Level.INFO, "without a cause"));
            LogRecord failure = new LogRecord(Level.INFO, "Transport failed");
            failure.setThrown(new IOException("outer", new IOException("bad certificate")));
            log.publish(failure);
            log.publish(failure);
            assertTrue(texts.next("understood").endsWith("bad certificate"));
            assertEquals(0, texts.waiting());
        }
    }
}
