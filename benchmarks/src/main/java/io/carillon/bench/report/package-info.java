/** What a run counts, times and checks, and how that is printed. */
@NullMarked
package io.carillon.bench.report;

import org.jspecify.annotations.NullMarked;
