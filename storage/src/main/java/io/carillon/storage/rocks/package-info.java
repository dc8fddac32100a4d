/** The store on RocksDB, and the only import of it. Only on platform threads. */
@NullMarked
package io.carillon.storage.rocks;

import org.jspecify.annotations.NullMarked;
