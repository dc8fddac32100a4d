package io.carillon.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JavaMembersTest {
    /** Each mark {@code <n>} is expected to belong to line n of the expectation. */
    private static void assertPlaces(String source, String... places) {
        JavaMembers members = new JavaMembers(source, "File");
        for (int i = 0; i < places.length; i++) {
            String mark = "<" + i + ">";
            int offset = source.indexOf(mark);
            assertEquals(places[i], members.nameAt(offset), () -> mark + " in\n" + source);
        }
        assertEquals(places.length, Pattern.compile("<\\d+>").matcher(source).results().count());
    }

    @Test
    void aCommentBelongsToTheMemberAfterOrAroundIt() {
        assertPlaces(
                """
                // <0>
                package a.b;

                import c.D;

                /** <1> */
                @Foo(bar = {"{"})
                public final class Type extends Other<Type> implements D {
                    /** <2> */
                    @Test
                    @DisplayName("<3> } { ( ")
                    void method(int a, @Nullable String b) throws IOException {
                        // <4>
                        if (a == '{') { // <5>
                            run(() -> { /* <6> */ });
                        }
                        var anonymous = new Object() {
                            void inner() { /* <7> */ }
                        };
                    } // <8>

                    // <9>
                    abstract <T> List<T> other();
                }
                """,
                "File",
                "Type",
                "Type#method",
                "Type#method",
                "Type#method",
                "Type#method",
                "Type#method",
                "Type#method",
                "Type#method",
                "Type#other");
    }

    @Test
    void fieldsConstructorsAndNestedTypesHaveNames() {
        assertPlaces(
                """
                class Outer {
                    private static final int LIMIT = max(1, 2); // <0>
                    private final Runnable task = () -> {
                        run("<1>");
                    };
                    private int[] values = {1, 2, /* <2> */ 3};
                    int plain; // <3>

                    static {
                        // <4>
                    }

                    Outer() {
                        // <5>
                    }

                    @Nested
                    class Inner {
                        // <6>
                        @Test
                        void test() {}
                    }

                    // <7>
                    record Pair(int a, /* <8> */ int b) {
                        Pair {
                            // <9>
                        }
                    }
                }
                """,
                "Outer#LIMIT",
                "Outer#task",
                "Outer#values",
                "Outer#plain",
                "Outer",
                "Outer#Outer",
                "Outer.Inner#test",
                "Outer.Pair",
                "Outer.Pair",
                "Outer.Pair#Pair");
    }

    @Test
    void enumConstantsBelongToTheirEnum() {
        assertPlaces(
                """
                enum Code {
                    // <0>
                    GOOD(0x00),
                    BAD(0x80) { // <1>
                        @Override
                        void act() {
                            // <2>
                        }
                    }; // <3>

                    void act() {
                        // <4>
                    }
                }
                """,
                "Code",
                "Code",
                "Code",
                "Code",
                "Code#act");
    }

    @Test
    void textBlocksAndEscapesDoNotConfuse() {
        assertPlaces(
                "class T {\n"
                        + "    String a = \"\"\"\n        } \" \\\"\"\" { // <0>\n        \"\"\";\n"
                        + "    char quote = '\\''; // <1>\n"
                        + "    void m() { s = \"\\\\\"; } // <2>\n"
                        + "}\n",
                "T#a",
                "T#quote",
                "T#m");
    }
}
