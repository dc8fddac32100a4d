package io.carillon.conformance;

/**
 * One normative statement.
 *
 * @param number what follows {@code MQTT-} in the standard, such as {@code 3.1.4-3}
 * @param summary what it asks, in our own words
 * @param exemption why it does not apply to Carillon, or empty
 */
record Statement(Standard standard, String number, Side side, String summary, String exemption) {

    /** Whom a statement binds. */
    enum Side {
        SERVER,
        CLIENT,
        BOTH
    }

    String citation() {
        return standard.cite(number);
    }

    boolean bindsServer() {
        return side != Side.CLIENT;
    }
}
