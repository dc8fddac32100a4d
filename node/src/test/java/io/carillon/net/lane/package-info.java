/** Tests of event loops' own parts. */
@NullMarked
package io.carillon.net.lane;

import org.jspecify.annotations.NullMarked;
