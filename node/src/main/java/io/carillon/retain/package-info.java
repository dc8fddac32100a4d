/**
 * The retained messages of a shard: on disk only, ordered by topic level, so that a look-up with
 * wildcards walks from match to match and skips what can't match.
 */
@NullMarked
package io.carillon.retain;

import org.jspecify.annotations.NullMarked;
