package io.carillon.compare;

import io.carillon.bench.picture.Numbers;
import java.util.ArrayList;
import java.util.List;

/** A value that only some loads report, worth a word in the table. */
enum Extra {
    PER_MESSAGE("publishMicrosMean", 1, "%s µs per message"),
    SYNC("diskSyncMicrosP50", 1, "the disk's own sync %s µs"),
    PER_CONNECTION("brokerBytesPerConnection", 1_024, "%s KiB per connection"),
    PER_FILTER("brokerBytesPerFilter", 1, "%s bytes per filter"),
    LATE("lateMicrosP99", 1, "sent late p99 %s µs"),
    FULL("fullHandshakes", 1, "%s full handshakes"),
    RESUMED("resumedHandshakes", 1, "%s resumed");

    private final String key;
    private final double unit;
    private final String form;

    Extra(String key, double unit, String form) {
        this.key = key;
        this.unit = unit;
        this.form = form;
    }

    /** All that a broker's rounds of a load report, by commas. */
    static String words(Results results, String load, String broker) {
        List<String> words = new ArrayList<>();
        for (Extra extra : values()) {
            double value = results.median(load, broker, extra.key) / extra.unit;
            if (Double.isFinite(value)) {
                words.add(extra.form.formatted(Numbers.brief(value)));
            }
        }
        return String.join(", ", words);
    }
}
