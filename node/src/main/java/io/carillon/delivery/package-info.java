/**
 * The path of a publication: whom it is for, handing it out, and what its acknowledgement waits
 * for.
 */
@NullMarked
package io.carillon.delivery;

import org.jspecify.annotations.NullMarked;
