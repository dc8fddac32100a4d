package io.carillon.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class InstalledProgramTest {

    @Test
    void findsWhatIsOnThePath() {
        assertTrue(Files.isExecutable(InstalledProgram.find("sh", "dash")));
    }

    @Test
    void failsWithThePackageToInstall() {
        AssertionError error =
                assertThrows(
                        AssertionError.class,
                        () -> InstalledProgram.find("mosquitto_nub", "mosquitto-clients"));
        assertEquals(
                "'mosquitto_nub' is not installed: apt-get install mosquitto-clients",
                error.getMessage());
    }
}
