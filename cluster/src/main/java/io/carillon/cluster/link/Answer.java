package io.carillon.cluster.link;

import java.nio.charset.StandardCharsets;

/**
 * What a call gets.
 *
 * @param ok whether the body is the result; else it is the reason of the refusal
 */
record Answer(long id, boolean ok, byte[] body) {
    static Answer refusal(long id, String reason) {
        return new Answer(id, false, reason.getBytes(StandardCharsets.UTF_8));
    }
}
