package io.carillon.config;

import org.jspecify.annotations.Nullable;

/**
 * A key's path and the text that a source gives it, not yet checked.
 *
 * @param text null where a file names the key and gives it no value
 */
record Setting(String path, @Nullable String text, Origin origin) {}
