/**
 * The comparison: starts brokers, has the load generator measure each in turn, and puts the
 * outcomes side by side. Knows the generator only as a program with options and a report in JSON.
 */
@NullMarked
package io.carillon.compare;

import org.jspecify.annotations.NullMarked;
