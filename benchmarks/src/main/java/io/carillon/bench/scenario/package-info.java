/** The loads that can be put on a broker, each from connecting to its report. */
@NullMarked
package io.carillon.bench.scenario;

import org.jspecify.annotations.NullMarked;
