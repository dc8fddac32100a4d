/**
 * Keeps {@code node/CONFORMANCE.md} true: which code and which test answer each normative statement
 * of the MQTT standards.
 */
@NullMarked
package io.carillon.conformance;

import org.jspecify.annotations.NullMarked;
