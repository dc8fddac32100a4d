/**
 * Drawings of figures: charts become marks on a sheet, and a sheet becomes an SVG or a PNG. Knows
 * no MQTT.
 */
@NullMarked
package io.carillon.bench.picture;

import org.jspecify.annotations.NullMarked;
