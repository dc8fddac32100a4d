/**
 * What owners want: "owner O wants string S" is announced by who speaks for O, applied by every
 * other node, and reconciled. Knows no wildcard.
 *
 * <p>Read {@link io.carillon.cluster.interest.Interest} first, then {@link
 * io.carillon.cluster.interest.Announcer} (the side that speaks) and {@code Known} (the side that
 * listens).
 */
@NullMarked
package io.carillon.cluster.interest;

import org.jspecify.annotations.NullMarked;
