package io.carillon.config;

/** Whether a TLS listener asks clients for a certificate. */
public enum ClientAuth {
    /** It does not ask. */
    NONE,
    /** It asks, and serves clients without one as anonymous. */
    OPTIONAL,
    /** It refuses clients without one that its authority signed. */
    REQUIRED
}
