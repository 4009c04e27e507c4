// SPDX-License-Identifier: Apache-2.0
package org.sparkjno.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** The house rules that a compiler does not check. */
@AnalyzeClasses(packages = "org.sparkjno", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String KERNELS = "org.sparkjno.kernels..";
    private static final String AMG = "org.sparkjno.amg..";
    private static final String DATASETS = "org.sparkjno.datasets..";

    /** The module spark-jno: all that is not below it. */
    private static final DescribedPredicate<JavaClass> PRODUCT = resideInAPackage("org.sparkjno..")
            .and(not(resideInAnyPackage(KERNELS, AMG, DATASETS)))
            .as("the module spark-jno");

    private static final DescribedPredicate<JavaClass> SPARK =
            resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..");

    @ArchTest
    static final ArchRule kernelsImportNoOtherModule = noClasses()
            .that()
            .resideInAPackage(KERNELS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(AMG, DATASETS).or(PRODUCT))
            .because("imports run one way: spark-jno, datasets, amg-bridge, kernels");

    @ArchTest
    static final ArchRule solversImportKernelsAlone = noClasses()
            .that()
            .resideInAPackage(AMG)
            .should()
            .dependOnClassesThat(resideInAPackage(DATASETS).or(PRODUCT))
            .because("imports run one way: spark-jno, datasets, amg-bridge, kernels");

    @ArchTest
    static final ArchRule datasetsImportNoProduct = noClasses()
            .that()
            .resideInAPackage(DATASETS)
            .should()
            .dependOnClassesThat(PRODUCT)
            .because("imports run one way: spark-jno, datasets, amg-bridge, kernels");

    @ArchTest
    static final ArchRule onlyTheOuterRoomsKnowSpark = noClasses()
            .that()
            .resideInAnyPackage(
                    KERNELS,
                    AMG,
                    "org.sparkjno.datasets.sample..",
                    "org.sparkjno.datasets.geometry..",
                    "org.sparkjno.datasets.mesh..",
                    "org.sparkjno.datasets.format..",
                    "org.sparkjno.datasets.generate..")
            .should()
            .dependOnClassesThat(SPARK)
            .because("engine, solvers, formats and generators are useful, and tested, without Spark");

    @ArchTest
    static final ArchRule noCyclesInKernels =
            slices().matching("org.sparkjno.kernels.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInSolvers =
            slices().matching("org.sparkjno.amg.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInDatasets =
            slices().matching("org.sparkjno.datasets.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesAbove =
            slices().matching("org.sparkjno.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInTheLanguage =
            slices().matching("org.sparkjno.lang.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreFor = classes().should(liveInADescribedPackage());

    @ArchTest
    static final ArchRule classesHaveOneJob = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .because("a class is named after its one job");

    private static ArchCondition<JavaClass> liveInADescribedPackage() {
        return new ArchCondition<>("live in a package with a package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean described = type.getPackage().tryGetPackageInfo().isPresent();
                String message = type.getPackageName() + " has " + (described ? "a" : "no") + " package-info.java";
                events.add(new SimpleConditionEvent(type, described, message));
            }
        };
    }
}
