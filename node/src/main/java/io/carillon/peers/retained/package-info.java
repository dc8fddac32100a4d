/**
 * Retained messages of all shards, whoever leads them: asked for page by page, and of each node all
 * that it leads at once.
 */
@NullMarked
package io.carillon.peers.retained;

import org.jspecify.annotations.NullMarked;
