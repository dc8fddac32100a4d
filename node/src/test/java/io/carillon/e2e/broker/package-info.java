/** The distribution as a process, its certificates, and links to it that can be cut. */
@NullMarked
package io.carillon.e2e.broker;

import org.jspecify.annotations.NullMarked;
