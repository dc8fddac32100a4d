/**
 * Sessions as pure state machines: an event goes in, {@link io.carillon.session.Effects} come out.
 * No thread, clock or socket: times are passed in, and what is on disk is read through {@link
 * io.carillon.session.QueueStore}. A durable session changes by records; a transient one lives in
 * memory and ends with its connection.
 */
@NullMarked
package io.carillon.session;

import org.jspecify.annotations.NullMarked;
