/**
 * The contract of a store in memory, for tests: faults to inject, crashes that lose the unsynced.
 */
@NullMarked
package io.carillon.storage.memory;

import org.jspecify.annotations.NullMarked;
