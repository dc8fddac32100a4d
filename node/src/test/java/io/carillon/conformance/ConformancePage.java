package io.carillon.conformance;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders {@code CONFORMANCE.md}: every statement that binds the server, its code and its test. */
final class ConformancePage {
    private static final String INTRODUCTION =
            """
            # Conformance

            Every normative statement of the MQTT standards that binds a server, with the code that
            satisfies it and the test that proves it. The words are ours and short: what counts is
            the standard. Code and tests name a statement of MQTT 5.0 as `[MQTT-3.1.4-3]` and one of
            MQTT 3.1.1 as `[MQTT3-3.1.4-5]`; this page is made from those names by `ConformanceTest`,
            which fails when it is stale and says how to make it again. An empty cell is work to do.
            """;

    private final List<Statement> statements;
    private final List<Citation> code;
    private final List<Citation> tests;

    ConformancePage(List<Statement> statements, List<Citation> code, List<Citation> tests) {
        this.statements = statements;
        this.code = code;
        this.tests = tests;
    }

    /** The citations that no standard knows: typing errors. */
    List<Citation> unknown() {
        Set<String> known =
                statements.stream().map(Statement::citation).collect(Collectors.toSet());
        return Stream.concat(code.stream(), tests.stream())
                .filter(citation -> !known.contains(citation.id()))
                .toList();
    }

    String render() {
        StringBuilder page = new StringBuilder(INTRODUCTION).append('\n');
        for (Standard standard : Standard.values()) {
            page.append(count(standard));
        }
        for (Standard standard : Standard.values()) {
            page.append("\n## [%s](%s)\n\n".formatted(standard.title(), standard.url()));
            page.append("| statement | what it asks | code | test |\n|---|---|---|---|\n");
            server(standard).forEach(statement -> page.append(row(statement)));
        }
        return page.toString();
    }

    private String count(Standard standard) {
        List<Statement> server = server(standard);
        long all = statements.stream().filter(s -> s.standard() == standard).count();
        return """
               - %s: %d server-side statements, with code: %d, with test: %d, not applicable: %d
                 (%d more bind only clients)
               """
                .formatted(
                        standard.title(),
                        server.size(),
                        server.stream().filter(s -> cited(s, code)).count(),
                        server.stream().filter(s -> cited(s, tests)).count(),
                        server.stream().filter(s -> !s.exemption().isEmpty()).count(),
                        all - server.size());
    }

    private String row(Statement statement) {
        String codeLinks = links(statement, code);
        if (codeLinks.isEmpty() && !statement.exemption().isEmpty()) {
            codeLinks = "not applicable: " + statement.exemption();
        }
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        statement.citation(),
                        statement.summary().replace("|", "\\|"),
                        codeLinks,
                        links(statement, tests));
    }

    private List<Statement> server(Standard standard) {
        return statements.stream()
                .filter(s -> s.standard() == standard && s.bindsServer())
                .toList();
    }

    private static boolean cited(Statement statement, List<Citation> citations) {
        return citations.stream().anyMatch(c -> c.id().equals(statement.citation()));
    }

    private static String links(Statement statement, List<Citation> citations) {
        return citations.stream()
                .filter(citation -> citation.id().equals(statement.citation()))
                .map(Citation::link)
                .distinct()
                .sorted()
                .collect(joining("<br>"));
    }
}
