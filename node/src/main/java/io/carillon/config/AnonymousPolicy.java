package io.carillon.config;

/** Which clients may connect without credentials. */
public enum AnonymousPolicy {
    /** All. */
    TRUE,
    /** None. */
    FALSE,
    /** Those whose connection has a loopback address at both ends. */
    LOOPBACK
}
