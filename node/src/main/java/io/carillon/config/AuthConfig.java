package io.carillon.config;

/** Who may connect. */
public record AuthConfig(AnonymousPolicy allowAnonymous) {
    static final Key<AnonymousPolicy> ALLOW_ANONYMOUS =
            Key.of(
                    "auth.allowAnonymous",
                    Types.choice(AnonymousPolicy.class),
                    "loopback",
                    "Who may connect without credentials: true, false, or loopback (this host)");

    static final Section SECTION = Section.of("auth", "Who may connect.", ALLOW_ANONYMOUS);

    static AuthConfig from(Values values) {
        return new AuthConfig(values.get(ALLOW_ANONYMOUS));
    }
}
