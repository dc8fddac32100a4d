/** Client libraries of others behind one port, so that one test serves for all of them. */
@NullMarked
package io.carillon.e2e.client;

import org.jspecify.annotations.NullMarked;
