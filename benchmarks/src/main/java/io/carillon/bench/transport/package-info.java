/**
 * What lies between TCP and MQTT at the client's end: TLS and WebSocket, and what to say when one
 * of them fails. A plain connection carries none of it.
 */
@NullMarked
package io.carillon.bench.transport;

import org.jspecify.annotations.NullMarked;
