package io.carillon.cluster.interest;

/** One change of what an owner wants. */
public sealed interface Change {
    /** The string that is concerned. */
    String string();

    /** The string is wanted, from now on with these attributes. */
    record Add(String string, Attributes attributes) implements Change {}

    /** The string is not wanted any more. */
    record Remove(String string) implements Change {}
}
