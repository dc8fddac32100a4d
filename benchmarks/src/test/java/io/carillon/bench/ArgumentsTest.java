package io.carillon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.carillon.bench.client.Protocol;
import io.carillon.bench.scenario.Settings;
import io.carillon.bench.transport.TlsSettings;
import io.carillon.bench.transport.TransportSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ArgumentsTest {

    @ParameterizedTest
    @EnumSource(Command.class)
    void everyCommandGoesWithoutOptions(Command command) throws UsageException {
        Settings settings = settings(command.word());

        assertEquals(List.of("127.0.0.1:1883"), addresses(settings));
        assertEquals(Protocol.V3_1_1, settings.protocol());
        assertNull(settings.user());
    }

    @Test
    void takesValuesBehindAnEqualsSignToo() throws UsageException {
        Settings settings = settings("pairs", "--qos=2", "--pairs", "7", "--mqtt=5");

        assertEquals(2, settings.qos());
        assertEquals(7, settings.pairs());
        assertEquals(Protocol.V5, settings.protocol());
    }

    @Test
    void collectsWhatIsGivenSeveralTimes() throws UsageException {
        Settings settings =
                settings(
                        "idle",
                        "--address",
                        "127.0.0.1:1",
                        "--address",
                        "127.0.0.2:2,[::1]:3",
                        "--broker-pid",
                        "5,6");

        assertEquals(
                List.of("127.0.0.1:1", "127.0.0.2:2", "0:0:0:0:0:0:0:1:3"), addresses(settings));
        assertEquals(List.of(5L, 6L), settings.brokerPids());
    }

    @Test
    void publishersMayBeApartFromTheirSubscribers() throws UsageException {
        assertTrue(settings("pairs", "--apart").apart());
        assertTrue(settings("offline", "--apart").apart());
        assertFalse(settings("pairs").apart());
    }

    @Test
    void readsWhatLiesBelowMqtt() throws UsageException {
        Settings settings =
                settings(
                        "connect --tls --ca ca.pem --cert c.pem --key c.key --tls-version 1.2 --resume --ws"
                                .split(" "));

        assertEquals(
                new TransportSettings(
                        new TlsSettings(
                                "TLSv1.2",
                                List.of("X25519", "P-256"),
                                Path.of("ca.pem"),
                                false,
                                Path.of("c.pem"),
                                Path.of("c.key"),
                                true),
                        "/mqtt"),
                settings.transport());
        assertEquals(TransportSettings.PLAIN, settings("connect").transport());
    }

    @Test
    void aCommandHasItsOwnStandards() throws UsageException {
        assertEquals(1_000, settings("fan-out").subscribers());
        assertEquals(1_000, settings("fan-in").publishers());
        assertEquals(1, settings("offline").qos());
        assertEquals(1, settings("single").window());
        assertEquals(4_000, settings("latency").rate());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                " ~ a command is missing; --help lists them",
                "pear ~ there is no command 'pear'; the nearest is pairs",
                "pairs --windo 3 ~ '--windo' is no option of pairs; the nearest is --window",
                "idle --conection 3 ~ '--conection' is no option of idle; the nearest is --connections",
                "idle --qos 1 ~ '--qos' is no option of idle; the nearest is --tls",
                "pairs --qos ~ --qos needs a value: 0|1|2",
                "pairs --qos 3 ~ --qos takes a number from 0 to 2, not '3'",
                "latency --rate 0 ~ --rate takes a number from 1 to 50000000, not '0'",
                "single --window 2 ~ '--window' is no option of single; the nearest is --qos",
                "pairs --payload 5 ~ --payload takes a number from 20 to 67108864, not '5'",
                "offline --qos 0 ~ --qos takes a number from 1 to 2, not '0'",
                "pairs --mqtt 4.0 ~ --mqtt is 3.1.1 or 5, not '4.0'",
                "pairs --address x ~ --address takes HOST:PORT, for example 127.0.0.1:1883, not 'x'",
                "pairs --address h:99999 ~ --address takes HOST:PORT, for example 127.0.0.1:1883, not 'h:99999'",
                "pairs --broker-pid me ~ --broker-pid takes process ids, not 'me'",
                "pairs --tls=yes ~ --tls takes no value",
                "pairs --insecure ~ --insecure goes with --tls only",
                "connect --resume ~ --resume goes with --tls only",
                "pairs --tls --ca a --insecure ~ --ca says whom to trust and --insecure says anyone: only one of them can hold",
                "pairs --tls --cert a ~ --cert and --key go together",
                "pairs --tls --tls-version 1.1 ~ --tls-version is 1.2 or 1.3, not '1.1'",
                "pairs --ws-path /x ~ --ws-path goes with --ws only",
                "pairs --ws --ws-path x ~ --ws-path begins with a slash, not 'x'",
                "idle --connecting 0 ~ --connecting takes a number from 1 to 20000, not '0'",
                "idle --keep 5 ~ '--keep' is no option of idle; the nearest is --key",
                "pairs --count 5 --seconds 5 ~ --count goes without --seconds and --warmup",
            })
    void saysWhatIsWrongAndWhatWouldBeRight(String line, String message) {
        String[] words = line == null ? new String[0] : line.split(" ");

        UsageException e = assertThrows(UsageException.class, () -> settings(words));

        assertEquals(message, e.getMessage());
    }

    private static Settings settings(String... words) throws UsageException {
        return SettingsReader.read(Arguments.parse(List.of(words)));
    }

    private static List<String> addresses(Settings settings) {
        return settings.addresses().stream()
                .map(address -> address.getHostString() + ":" + address.getPort())
                .toList();
    }
}
