package io.carillon.cluster.membership;

import static io.carillon.cluster.membership.Cards.card;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said wrongly is refused with a hint. */
class SettingsTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:5701, localhost, 5701, localhost:5701",
        "10.0.0.1:1, 10.0.0.1, 1, 10.0.0.1:1",
        "[::1]:65535, ::1, 65535, [::1]:65535",
        "' a:7 ', a, 7, a:7"
    })
    void addressesAreReadAndWritten(String text, String host, int port, String written) {
        assertEquals(new HostPort(host, port), HostPort.parse(text));
        assertEquals(written, HostPort.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", ":1", "host:", "host:0", "host:65536", "host:x", "::1:5"})
    void otherThingsAreNoAddresses(String text) {
        refused(() -> HostPort.parse(text), text.isEmpty() ? "" : text.substring(0, 1));
    }

    @Test
    void whatANodeSaysAboutItselfSurvivesTheWire() {
        Map<String, String> attributes = new HashMap<>(card(3, 7, 5).attributes());
        attributes.put("carillon.of.tomorrow", "x");
        assertEquals(card(3, 7, 5), MemberCard.of(attributes));
        attributes.remove("carillon.boot");
        refused(() -> MemberCard.of(attributes), "carillon.boot");
    }

    @Test
    void neighboursOfOneMajorVersionWorkTogether() {
        Release release = Release.parse("1.4.2");
        assertTrue(release.worksWith(Release.parse("1.3.9")));
        assertTrue(release.worksWith(Release.parse("1.5.0-rc1")));
        assertFalse(release.worksWith(Release.parse("1.6.0")));
        assertFalse(release.worksWith(Release.parse("2.4.2")));
        assertTrue(release.compareTo(Release.parse("1.4.10")) < 0);
        refused(() -> Release.parse("1.4"), "1.4");
        refused(() -> Release.parse("latest"), "latest");
    }

    @Test
    void aWildcardNeedsAnAddressForTheOthers() {
        HostPort any = new HostPort("0.0.0.0", 5701);
        Discovery seeds = new Discovery.Seeds(List.of());
        refused(() -> new MemberSettings("c", card(1), any, null, seeds), "cluster.bind 0.0.0.0");
        HostPort told = new HostPort("10.0.0.1", 5701);
        assertEquals(told, new MemberSettings("c", card(1), any, told, seeds).reachedAt());
        refused(() -> new MemberSettings(" ", card(1), told, null, seeds), "cluster.name");
    }

    @Test
    void aDiscoveryHasToSayWhom() {
        refused(() -> new Discovery.Dns("", 5701), "DNS name");
        refused(() -> new Discovery.Dns("nodes", 0), "port 0 of nodes");
        Discovery.KubernetesApi pod = Discovery.KubernetesApi.IN_POD;
        refused(() -> new Discovery.Kubernetes("", "s", 5701, pod), "namespace");
        refused(() -> new Discovery.Kubernetes("n", " ", 5701, pod), "service");
        refused(() -> new Discovery.KubernetesApi("kubernetes", null, null), "URL");
        assertEquals(
                "Kubernetes service n/s, port 5701",
                new Discovery.Kubernetes("n", "s", 5701, pod).toString());
    }

    @Test
    void boundsOfAMapHaveToBePositive() {
        refused(() -> new SharedMapSettings(0, 1, 1, 1, 1), "positive");
        refused(() -> new SharedMapSettings(10, 1, 9, 1, 1), "one batch");
    }

    private static void refused(Executable making, String hint) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, making);
        assertTrue(refusal.getMessage().contains(hint), refusal::getMessage);
    }
}
