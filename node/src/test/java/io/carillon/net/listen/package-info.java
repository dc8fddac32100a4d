/** Listeners over real sockets, with what connects to them written by others: the JDK's clients. */
@NullMarked
package io.carillon.net.listen;

import org.jspecify.annotations.NullMarked;
