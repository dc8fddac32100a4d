/**
 * What tests of the whole program share: the broker as a process, and a client so plain that it
 * sends what a test tells it, right or wrong.
 */
package io.carillon.testing;
