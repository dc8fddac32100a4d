package io.carillon.node;

import org.junit.jupiter.api.Test;

/** The run that Java learns from. */
final class AotTrainingTest {

    @Test
    void comesToItsEnd() throws Exception {
        AotTraining.train();
    }
}
