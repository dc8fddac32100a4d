/**
 * What a leader has appended and not committed, readable over the store that does not have it yet.
 * Knows nothing of logs: entries are appended, committed oldest first, or all discarded.
 */
@NullMarked
package io.carillon.storage.overlay;

import org.jspecify.annotations.NullMarked;
