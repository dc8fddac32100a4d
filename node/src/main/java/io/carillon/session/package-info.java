/**
 * Sessions: what the server holds for a client between its packets. Pure: no thread, clock, socket
 * or store; packets go in, packets come out, and the time is passed in.
 */
@NullMarked
package io.carillon.session;

import org.jspecify.annotations.NullMarked;
