/**
 * Who may touch what: single-threaded loops that own state, and the annotations that say so. A test
 * puts a {@link io.carillon.loop.ManualLoop} where production has a {@link
 * io.carillon.loop.ThreadLoop}, and decides the interleaving.
 */
@NullMarked
package io.carillon.loop;

import org.jspecify.annotations.NullMarked;
