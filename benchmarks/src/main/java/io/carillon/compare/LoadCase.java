package io.carillon.compare;

import java.util.List;

/**
 * A load that all brokers get.
 *
 * @param name by which the user selects it, and part of the names of its files
 * @param words command and options of the load generator
 * @param timed measured for some seconds after a warm-up, not by count
 * @param tls at the broker's TLS listener
 * @param fresh with a broker that has just started and done nothing else
 */
record LoadCase(
        String name,
        String title,
        Section section,
        List<String> words,
        List<Figure> figures,
        boolean timed,
        boolean tls,
        boolean fresh) {

    static LoadCase timed(String name, String title, Section section, String words) {
        return new LoadCase(
                name,
                title,
                section,
                List.of(words.split(" ")),
                List.of(Figure.DELIVERED),
                true,
                false,
                false);
    }

    static LoadCase counted(String name, String title, String words, Figure... figures) {
        return new LoadCase(
                name,
                title,
                Section.DURABLE,
                List.of(words.split(" ")),
                List.of(figures),
                false,
                false,
                false);
    }

    static LoadCase connections(String name, String title, String words, Figure figure) {
        return new LoadCase(
                name,
                title,
                Section.CONNECTIONS,
                List.of(words.split(" ")),
                List.of(figure),
                true,
                false,
                false);
    }

    LoadCase overTls(String newName, String newTitle, Section newSection) {
        return new LoadCase(newName, newTitle, newSection, words, figures, timed, true, fresh);
    }

    LoadCase onFreshBroker() {
        return new LoadCase(name, title, section, words, figures, timed, tls, true);
    }
}
