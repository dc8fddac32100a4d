/** The operations that are measured one by one, and what stands in for the broker around them. */
@NullMarked
package io.carillon.jmh.subject;

import org.jspecify.annotations.NullMarked;
