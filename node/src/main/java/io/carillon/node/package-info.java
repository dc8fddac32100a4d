/**
 * The broker process: {@code Main} reads the configuration and wires every part by hand, in the
 * order in which the parts start.
 */
@NullMarked
package io.carillon.node;

import org.jspecify.annotations.NullMarked;
