package io.carillon.conformance;

/**
 * A mention of a statement in a source.
 *
 * @param id as written, brackets included
 * @param file relative to the directory of {@code node}, with slashes
 * @param place the type and method it stands in or before
 */
record Citation(String id, String file, String place) {

    String link() {
        return "[" + place + "](" + file + ")";
    }
}
