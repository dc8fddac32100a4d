/**
 * What people want to become of nodes: which leave, and which are gone for good. Everybody tells
 * everybody again and again what was asked for at his place; nothing of it is kept on disk but the
 * request itself. Decisions only, as in {@code ownership}.
 */
@NullMarked
package io.carillon.cluster.ownership.intent;

import org.jspecify.annotations.NullMarked;
