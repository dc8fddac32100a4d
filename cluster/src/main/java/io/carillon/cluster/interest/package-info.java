/**
 * What owners want: "owner O wants string S" is announced by who speaks for O, applied by every
 * other node, and reconciled. Knows no wildcard.
 *
 * <p>Read {@link io.carillon.cluster.interest.Interest} first, then {@link
 * io.carillon.cluster.interest.Announcer} (the side that speaks) and {@code Known} (the side that
 * listens).
 *
 * <p>Both sides keep a {@code WantTable} in the order of the strings' hashes. So the strings of a
 * range of hashes are neighbours, the digest of any range is a walk, and a {@code Repair} finds ten
 * strings among a million in three questions and answers without any tree being kept for it.
 */
@NullMarked
package io.carillon.cluster.interest;

import org.jspecify.annotations.NullMarked;
