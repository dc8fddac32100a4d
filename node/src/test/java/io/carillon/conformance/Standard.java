package io.carillon.conformance;

/** The two OASIS standards, and how code and tests cite their statements. */
enum Standard {
    V3_1_1(
            "MQTT 3.1.1",
            "MQTT3-",
            "mqtt-3.1.1.tsv",
            "https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html"),
    V5_0(
            "MQTT 5.0",
            "MQTT-",
            "mqtt-5.0.tsv",
            "https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html");

    private final String title;
    private final String prefix;
    private final String file;
    private final String url;

    Standard(String title, String prefix, String file, String url) {
        this.title = title;
        this.prefix = prefix;
        this.file = file;
        this.url = url;
    }

    String title() {
        return title;
    }

    /** The statement's id as the project writes it: ids of the standards overlap, these do not. */
    String cite(String number) {
        return "[" + prefix + number + "]";
    }

    /** The name of the list of statements, a test resource. */
    String file() {
        return file;
    }

    String url() {
        return url;
    }
}
