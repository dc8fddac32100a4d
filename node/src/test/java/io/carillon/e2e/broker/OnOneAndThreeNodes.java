package io.carillon.e2e.broker;

import io.carillon.testing.cluster.OneAtATime;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The tests of a class run twice: with a {@link Broker} of one node, and with one of three, at
 * which each client is connected to the next node. All classes share both.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}", autoCloseArguments = false)
@ArgumentsSource(OnOneAndThreeNodes.Brokers.class)
@ExtendWith(OnOneAndThreeNodes.Failures.class)
public @interface OnOneAndThreeNodes {

    /** The two, each started when the first test wants it. */
    final class Brokers implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return Stream.<Supplier<Broker>>of(
                            () -> SharedBroker.of(context), () -> threeNodes(context))
                    .map(Supplier::get)
                    .map(Arguments::of);
        }

        private static Broker threeNodes(ExtensionContext context) {
            return OneAtATime.of(context)
                    .take(
                            "e2e on three nodes",
                            Broker.class,
                            () -> Broker.startInTemporaryFolder(3));
        }
    }

    /** Where a test fails the three nodes are replaced for the next class. */
    final class Failures implements AfterTestExecutionCallback {
        @Override
        public void afterTestExecution(ExtensionContext context) {
            if (context.getExecutionException().isPresent()) {
                OneAtATime.of(context).failed(context.getDisplayName());
            }
        }
    }
}
