/** End-to-end tests: the distribution as a process, spoken to by clients that others wrote. */
@NullMarked
package io.carillon.e2e;

import org.jspecify.annotations.NullMarked;
