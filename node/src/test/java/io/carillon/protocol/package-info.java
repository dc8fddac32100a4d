/**
 * Statements of the standards, proven over real sockets against a whole node in this process. One
 * class for each chapter; {@code Node} is the broker, {@code Peer} a client that does only what the
 * test tells it to.
 */
package io.carillon.protocol;
