/**
 * Fields one behind the other in a byte array: the ground of every format on disk and between
 * nodes.
 */
@NullMarked
package io.carillon.bytes;

import org.jspecify.annotations.NullMarked;
