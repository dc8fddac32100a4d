/**
 * The promise that what was acknowledged is there again, proved against processes that are killed.
 */
package io.carillon.recovery;
