/**
 * Client connections: what happens between the bytes of one client and the rest of the broker. A
 * connection and all its parts live on one event loop.
 */
@NullMarked
package io.carillon.net;

import org.jspecify.annotations.NullMarked;
