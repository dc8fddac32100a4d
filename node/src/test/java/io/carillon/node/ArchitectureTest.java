package io.carillon.node;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.List;

/** The shape of the code: who may know whom, who may touch a vendor's library, and who is pure. */
@AnalyzeClasses(packages = "io.carillon", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    /** Each layer knows those under it only; what must call upwards goes through a port below. */
    @ArchTest
    static final ArchRule LAYERS =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("node")
                    .definedBy("io.carillon.node..")
                    .layer("admin")
                    .definedBy("io.carillon.admin..")
                    .layer("net")
                    .definedBy("io.carillon.net..")
                    .layer("peers")
                    .definedBy("io.carillon.peers..")
                    .layer("delivery")
                    .definedBy("io.carillon.delivery..")
                    .layer("shard")
                    .definedBy("io.carillon.shard..")
                    .layer("retain")
                    .definedBy("io.carillon.retain..")
                    .layer("topic")
                    .definedBy("io.carillon.topic..")
                    .layer("session")
                    .definedBy("io.carillon.session..")
                    .layer("codec")
                    .definedBy("io.carillon.mqtt.codec..")
                    .whereLayer("node")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("admin")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("net")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("codec")
                    .mayOnlyBeAccessedByLayers("net", "node")
                    .whereLayer("peers")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("delivery")
                    .mayOnlyBeAccessedByLayers("net", "peers", "admin", "node")
                    .whereLayer("shard")
                    .mayOnlyBeAccessedByLayers("delivery", "net", "peers", "admin", "node")
                    .whereLayer("retain")
                    .mayOnlyBeAccessedByLayers("shard", "delivery", "net", "peers", "admin", "node")
                    .whereLayer("topic")
                    .mayOnlyBeAccessedByLayers(
                            "retain", "shard", "delivery", "net", "peers", "admin", "node")
                    .whereLayer("session")
                    .mayOnlyBeAccessedByLayers(
                            "shard", "delivery", "net", "peers", "admin", "node");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.carillon.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule PACKETS_ARE_PLAIN_JAVA =
            classes()
                    .that()
                    .resideInAPackage("io.carillon.mqtt.packet..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.carillon.mqtt.packet..", "java..", "org.jspecify..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule SESSIONS_KNOW_PACKETS_AND_RECORDS_ONLY =
            classes()
                    .that()
                    .resideInAPackage("io.carillon.session..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.carillon.session..",
                            "io.carillon.record..",
                            "io.carillon.mqtt.packet..",
                            "java..",
                            "org.jspecify..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule TOPICS_KNOW_PACKETS_ONLY =
            classes()
                    .that()
                    .resideInAPackage("io.carillon.topic..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.carillon.topic..",
                            "io.carillon.mqtt.packet..",
                            "io.carillon.loop..",
                            "java..",
                            "org.jspecify..")
                    .allowEmptyShould(true);

    /**
     * Records are values on disk and between replicas: they know nobody who writes or reads them.
     */
    @ArchTest
    static final ArchRule RECORDS_ARE_VALUES =
            classes()
                    .that()
                    .resideInAPackage("io.carillon.record..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.carillon.record..",
                            "io.carillon.mqtt.packet..",
                            "io.carillon.bytes..",
                            "io.carillon.storage..",
                            "java..",
                            "org.jspecify..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule STORAGE_AND_CLUSTER_KNOW_NO_MQTT =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.carillon.storage..", "io.carillon.cluster..", "io.carillon.loop..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.carillon.mqtt..")
                    .orShould()
                    .haveNameMatching("(?i).*mqtt.*");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_ROCKSDB =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.carillon.storage.rocks..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_HAZELCAST =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.carillon.cluster.membership..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_MICRORAFT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.carillon.cluster.replication.raft..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.microraft..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_GRPC =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.carillon.cluster.link.grpc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.grpc..");

    @ArchTest
    static final ArchRule THE_NETWORK_SIDE_KNOWS_NETTY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.carillon.net..",
                            "io.carillon.mqtt.codec..",
                            "io.carillon.node..",
                            "io.carillon.cluster.link.grpc..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..");

    /** A session and a packet hold no thread and no lock: whoever calls decides when. */
    @ArchTest
    static final ArchRule SESSIONS_ARE_SINGLE_THREADED =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.carillon.session..", "io.carillon.mqtt.packet..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.util.concurrent..").or(threadsAndSockets()))
                    .allowEmptyShould(true);

    /** The trie may be read by many threads, through atomics; it never blocks or starts one. */
    @ArchTest
    static final ArchRule TOPICS_NEVER_BLOCK =
            noClasses()
                    .that()
                    .resideInAPackage("io.carillon.topic..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.util.concurrent.locks..")
                                    .or(
                                            describe(
                                                    "executors",
                                                    type ->
                                                            type.isAssignableTo(
                                                                    "java.util.concurrent.Executor")))
                                    .or(threadsAndSockets()))
                    .allowEmptyShould(true);

    /** Time that replicas must agree on is decided once, by the leader, and comes as a value. */
    @ArchTest
    static final ArchRule TIME_COMES_FROM_OUTSIDE =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.carillon.mqtt.packet..",
                            "io.carillon.session..",
                            "io.carillon.shard..",
                            "io.carillon.topic..")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethodWhere(
                            describe(
                                    "Instant.now()",
                                    (JavaMethodCall call) ->
                                            call.getTargetOwner().isEquivalentTo(Instant.class)
                                                    && call.getName().equals("now")))
                    .allowEmptyShould(true);

    private static DescribedPredicate<JavaClass> threadsAndSockets() {
        List<String> packages = List.of("java.net", "java.nio.channels");
        return describe(
                "threads and sockets",
                type ->
                        type.isAssignableTo(Thread.class)
                                || packages.contains(type.getPackageName()));
    }
}
