/**
 * What nodes say to each other: to each peer one ordered stream of messages, some of them kept
 * until the peer has acknowledged them, and answers on its way back. Begin with {@link
 * io.carillon.cluster.link.PeerLinks}. Everything here runs on one loop over a {@link
 * io.carillon.cluster.link.Wire}, so that a test can be the loop and the network.
 */
@NullMarked
package io.carillon.cluster.link;

import org.jspecify.annotations.NullMarked;
