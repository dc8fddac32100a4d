package io.carillon.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {

    @Test
    void theQuickOneIsShorterAndWhatIsSaidGoesBeforeIt() throws CompareException {
        Options full = parse();
        Options quick = parse("--seconds", "7", "--quick", "a=h:1", "b=h:2:3");

        assertEquals(3, full.rounds());
        assertEquals(1, quick.rounds());
        assertEquals(7, quick.seconds());
        assertTrue(quick.warmup() < full.warmup());
        assertEquals(List.of("a", "b"), quick.given().stream().map(GivenBroker::name).toList());
    }

    @Test
    void selectsLoadsByNameAndByGroup() throws CompareException {
        List<String> names =
                LoadCases.of(parse("--scenarios", "single-q1,latency")).stream()
                        .map(LoadCase::name)
                        .toList();

        assertEquals(List.of("single-q1", "latency-q0", "latency-q1"), names);
    }

    @Test
    void everyLoadHasANameOfItsOwn() throws CompareException {
        List<LoadCase> loads = LoadCases.of(parse());

        assertEquals(loads.size(), Set.copyOf(loads.stream().map(LoadCase::name).toList()).size());
        assertTrue(LoadCases.list(loads).contains("pairs-q0"));
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds 0, '--rounds takes a number from 1 to 99, not ''0'''",
        "--seconds x, '--seconds takes a number from 1 to 3600, not ''x'''",
        "--seconds, --seconds is unknown or needs a value; see --help",
        "--round 3, there is no --round; see --help",
    })
    void saysWhatIsWrong(String line, String message) {
        CompareException e = assertThrows(CompareException.class, () -> parse(line.split(" ")));

        assertEquals(message, e.getMessage());
    }

    @Test
    void namesTheLoadsWhenOneIsUnknown() {
        CompareException e =
                assertThrows(
                        CompareException.class, () -> LoadCases.of(parse("--scenarios", "pears")));

        assertTrue(e.getMessage().contains("'pears'; there are transient,"), e.getMessage());
    }

    private static Options parse(String... words) throws CompareException {
        return Options.parse(List.of(words));
    }
}
