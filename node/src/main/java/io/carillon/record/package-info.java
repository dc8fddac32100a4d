/**
 * What a shard stores: one sealed family of records, each a complete state change, and the rows
 * that they write. All times, numbers and identifiers are decided before a record is made, so
 * applying it is the same plain write everywhere.
 */
@NullMarked
package io.carillon.record;

import org.jspecify.annotations.NullMarked;
