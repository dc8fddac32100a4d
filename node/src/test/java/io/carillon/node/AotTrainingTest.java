package io.carillon.node;

import org.junit.jupiter.api.Test;

/** The run that Java learns from. */
final class AotTrainingTest {

    @Test
    void comesToItsEndAlone() throws Exception {
        AotTraining.trainAlone();
    }

    @Test
    void comesToItsEndInACluster() throws Exception {
        AotTraining.trainInCluster();
    }
}
