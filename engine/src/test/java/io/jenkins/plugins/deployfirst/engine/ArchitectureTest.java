package io.jenkins.plugins.deployfirst.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use whom in the engine; {@code docs/architecture.md} tells why. */
class ArchitectureTest {
    private static final String ENGINE = "io.jenkins.plugins.deployfirst.engine";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ENGINE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".build",
                ".ci",
                ".command",
                ".deploy",
                ".health",
                ".hook",
                ".host",
                ".migration",
                ".notify",
                ".state",
                ".workspace"
            })
    void everyPackageThatTheRulesNameIsThere(String part) {
        assertThat(CLASSES.stream()).anyMatch(type -> type.getPackageName().equals(ENGINE + part));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "'':''",
                ".notify:''",
                ".ci:''",
                ".state:''",
                ".host:''",
                ".hook:''",
                ".webhook:.ci",
                ".command:.host",
                ".workspace:.host .command",
                ".build:.host .command .workspace",
                ".migration:.host .command .workspace",
                ".health:.host .command",
                ".deploy:.host .command .health .ci .state .notify"
            })
    void aPackageUsesOnlyItselfTheRootAndThoseBelowIt(String user, String used) {
        String[] allowed = Stream.concat(
                        Stream.of(ENGINE, ENGINE + user),
                        Stream.of(used.split(" ")).map(part -> ENGINE + part))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ENGINE + user)
                .should()
                .dependOnClassesThat(resideInAPackage("io.jenkins.plugins..").and(not(resideInAnyPackage(allowed))))
                .check(CLASSES);
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void commandsAreTextAndDoNothing() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + ".command")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "com.jcraft..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.(Process|ProcessBuilder|Runtime|Thread)")
                .check(CLASSES);
    }

    @Test
    void commandsKnowOfTheHostOnlyHowToQuote() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + ".command")
                .should()
                .dependOnClassesThat(resideInAPackage(ENGINE + ".host").and(not(simpleName("Quote"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheHostPackageKnowsSsh() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".host")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.jcraft..")
                .check(CLASSES);
    }

    @Test
    void theEngineRunsWithNothingButTheJdkJschAndJackson() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "..",
                        "java..",
                        "javax.crypto..",
                        "javax.net..",
                        "com.jcraft.jsch..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.dataformat.yaml..")
                .check(CLASSES);
    }

    @Test
    void whatHappensIsToldOnlyThroughProgress() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    @Test
    void theEngineNeverEndsTheProcessThatItRunsIn() {
        noClasses()
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }
}
