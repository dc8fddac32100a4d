/** The program {@code cluster}: starts three nodes here and measures what being three costs. */
@NullMarked
package io.carillon.clusterbench;

import org.jspecify.annotations.NullMarked;
