/**
 * The load generator and the tools that measure a running broker from outside, as its clients
 * would.
 */
@NullMarked
package io.carillon.bench;

import org.jspecify.annotations.NullMarked;
