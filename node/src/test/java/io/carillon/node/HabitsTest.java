package io.carillon.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** What neither the code nor its tests do, in any module that was built before this one. */
final class HabitsTest {

    /** Read by folder: the tests of the other modules are not on this module's class path. */
    private static final JavaClasses CODE_AND_TESTS =
            new ClassFileImporter()
                    .importPaths(
                            Stream.of(".", "../cluster", "../storage")
                                    .flatMap(
                                            module ->
                                                    Stream.of(
                                                            Path.of(module, "target/classes"),
                                                            Path.of(module, "target/test-classes")))
                                    .filter(Files::isDirectory)
                                    .toList());

    /** Who sleeps waits too long on a fast machine and not long enough on a slow one. */
    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(
                        describe(
                                "sleep",
                                (JavaMethodCall call) ->
                                        call.getName().equals("sleep")
                                                && (call.getTargetOwner()
                                                                .isEquivalentTo(Thread.class)
                                                        || call.getTargetOwner()
                                                                .isEquivalentTo(TimeUnit.class))))
                .check(CODE_AND_TESTS);
    }

    /** A test that does not run proves nothing: it is fixed or deleted. */
    @Test
    void noTestIsSwitchedOff() {
        noMethods().should().beAnnotatedWith(Disabled.class).check(CODE_AND_TESTS);
        noClasses().should().beAnnotatedWith(Disabled.class).check(CODE_AND_TESTS);
    }

    /** Where a program that a test needs is missing the test fails and says what to install. */
    @Test
    void noTestSkipsItself() {
        noClasses()
                .that()
                .areNotAssignableTo(HabitsTest.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Assumptions.class)
                .check(CODE_AND_TESTS);
    }
}
