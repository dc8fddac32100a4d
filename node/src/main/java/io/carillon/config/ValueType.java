package io.carillon.config;

/** What a key takes: reads a value from its text, and writes it in its canonical form. */
interface ValueType<T> {

    /**
     * The value of a text, without white space around it.
     *
     * @throws InvalidValue if the key does not take it; the message names the text and what it
     *     takes
     */
    T parse(String text) throws InvalidValue;

    /** The text that {@link #parse} reads as this value again. */
    String format(T value);

    /** The canonical form of a text. */
    default String canonical(String text) throws InvalidValue {
        return format(parse(text));
    }
}
