package io.carillon.e2e.client;

/** The libraries, each at each version of MQTT that it speaks. */
public enum ClientKind {
    PAHO_31 {
        @Override
        public TestClient open(Endpoint endpoint, ClientOptions options) {
            return new Paho3Client(endpoint, options, 3);
        }
    },
    PAHO_311 {
        @Override
        public TestClient open(Endpoint endpoint, ClientOptions options) {
            return new Paho3Client(endpoint, options, 4);
        }
    },
    PAHO_5 {
        @Override
        public TestClient open(Endpoint endpoint, ClientOptions options) {
            return new Paho5Client(endpoint, options);
        }
    },
    HIVEMQ_311 {
        @Override
        public TestClient open(Endpoint endpoint, ClientOptions options) {
            return new HiveMq3Client(endpoint, options);
        }
    },
    HIVEMQ_5 {
        @Override
        public TestClient open(Endpoint endpoint, ClientOptions options) {
            return new HiveMq5Client(endpoint, options);
        }
    };

    /** A client that is not connected yet. */
    public abstract TestClient open(Endpoint endpoint, ClientOptions options);

    public boolean isV5() {
        return this == PAHO_5 || this == HIVEMQ_5;
    }

    /** MQTT 3.1 has neither session present nor failures in SUBACK. */
    public boolean isV31() {
        return this == PAHO_31;
    }
}
