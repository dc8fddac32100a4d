/**
 * What the node tells about itself: numbers in Prometheus' format, the topics under {@code $SYS},
 * and whether it is alive and ready. Whoever does the work counts it; {@link
 * io.carillon.metrics.Metric} gives each number its name, and the wiring says where it is read.
 */
@NullMarked
package io.carillon.metrics;

import org.jspecify.annotations.NullMarked;
