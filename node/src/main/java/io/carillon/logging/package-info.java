/**
 * The log: text or JSON lines on standard output, through a bounded queue so that no loop waits for
 * whoever reads them, and with a bound on lines of one kind. Set up in code; no file is looked for.
 */
@NullMarked
package io.carillon.logging;

import org.jspecify.annotations.NullMarked;
