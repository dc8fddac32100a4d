/** Runs the benchmarks of single operations and writes their table. */
@NullMarked
package io.carillon.jmh;

import org.jspecify.annotations.NullMarked;
