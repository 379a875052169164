package io.jenkins.mlops.testbed.packaging;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules and packages of the suite. */
class ArchitectureTest {

    private static final String TESTBED = "io.jenkins.mlops.testbed..";
    private static final String PLUGINS = "io.jenkins.plugins.mlops..";
    private static final String REGISTRY = "io.jenkins.plugins.mlops.registry..";
    private static final String STEPS = "io.jenkins.plugins.mlops.steps..";
    private static final String MONITOR = "io.jenkins.plugins.mlops.monitor..";

    private static JavaClasses core;
    private static JavaClasses plugins;
    private static JavaClasses testbed;

    @BeforeAll
    static void importClasses() {
        ClassFileImporter importer =
                new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS);
        JavaClasses all = importer.importPackages("io.jenkins.mlops", "io.jenkins.plugins.mlops");
        testbed = all.that(describe("testbed", type -> type.getPackageName().startsWith("io.jenkins.mlops.testbed")));
        plugins = all.that(describe("plugins", type -> type.getPackageName().startsWith("io.jenkins.plugins.mlops")));
        core = all.that(describe(
                "core",
                type -> type.getPackageName().startsWith("io.jenkins.mlops")
                        && !type.getPackageName().startsWith("io.jenkins.mlops.testbed")));
    }

    @Test
    void coreKnowsNoJenkins() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.kohsuke..",
                        "org.jenkinsci..",
                        "org.jvnet..",
                        "com.cloudbees..",
                        "groovy..",
                        "org.codehaus.groovy..",
                        "jakarta.servlet..",
                        "javax.servlet..",
                        PLUGINS,
                        TESTBED)
                .because("the domain is plain Java")
                .check(core);
    }

    @Test
    void testbedKnowsNoPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PLUGINS)
                .because("it doubles the host, not its guests")
                .check(testbed);
    }

    @Test
    void pluginsDoNotKnowTheTestbed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TESTBED, "org.junit..", "org.assertj..")
                .because("the same class files run on a controller")
                .check(plugins);
    }

    @Test
    void registryKnowsNeitherStepsNorMonitor() {
        noClasses()
                .that()
                .resideInAPackage(REGISTRY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STEPS, MONITOR)
                .check(plugins);
    }

    @Test
    void stepsAndMonitorDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(STEPS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MONITOR)
                .check(plugins);
        noClasses()
                .that()
                .resideInAPackage(MONITOR)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(STEPS)
                .check(plugins);
    }

    /**
     * An area of the domain is a package with those below it, which know their own area's words. Adapters are left
     * out: one database serves the registry and tracking.
     */
    @Test
    void coreAreasAreFreeOfCycles() {
        JavaClasses domain =
                core.that(describe("no adapters", type -> !type.getPackageName().endsWith(".jdbc")));
        slices().matching("io.jenkins.mlops.(*)..").should().beFreeOfCycles().check(domain);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.jenkins.mlops..jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jenkins.mlops..jdbc..")
                .because("an adapter stands beside what it serves, and is known to the plugins alone")
                .check(core);
    }

    @Test
    void pluginPackagesAreFreeOfCycles() {
        slices().matching("io.jenkins.plugins.mlops.(**)")
                .should()
                .beFreeOfCycles()
                .check(plugins);
    }

    /** Agents are sent these classes: every library behind them would travel, too. */
    @Test
    void whatRunsOnAgentsNeedsTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(
                        "io.jenkins.mlops.data..",
                        "io.jenkins.mlops.evaluation..",
                        "io.jenkins.mlops.monitor..",
                        "io.jenkins.mlops.http..",
                        "io.jenkins.mlops.s3..")
                .and()
                // The controller's side of monitors; what of it is sent all the same is held by the rule below
                .resideOutsideOfPackages("io.jenkins.mlops.monitor.plan..", "io.jenkins.mlops.monitor.trigger..")
                .should()
                .onlyDependOnClassesThat(outsideLibraries())
                .check(core);
    }

    /** Whatever a callable can reach may be loaded on an agent, class by class over the wire. */
    @Test
    void whatIsSentToAgentsReachesNoLibrary() {
        noClasses()
                .that(describe(
                        "run on agents",
                        type -> type.isAssignableTo("hudson.remoting.Callable")
                                || type.isAssignableTo("hudson.FilePath$FileCallable")))
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage("com.fasterxml..", "org.h2..", "org.flywaydb..", "com.zaxxer..", "org.postgresql..")
                .check(plugins);
    }

    @Test
    void databaseLibrariesStandBehindTheJdbcPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.jenkins.mlops..jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.h2..", "org.flywaydb..", "com.zaxxer..", "org.postgresql..")
                .check(core);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.h2..", "org.flywaydb..", "com.zaxxer..", "org.postgresql..", "java.sql..")
                .check(plugins);
    }

    @Test
    void nothingReadsJavaSerialisation() {
        for (JavaClasses code : new JavaClasses[] {core, plugins}) {
            noClasses()
                    .should()
                    .callConstructorWhere(describe(
                            "new ObjectInputStream or XMLDecoder",
                            call -> call.getTargetOwner().isAssignableTo(java.io.ObjectInputStream.class)
                                    || call.getTargetOwner().getName().equals("java.beans.XMLDecoder")))
                    .because("foreign data is never deserialised")
                    .check(code);
        }
    }

    /** A record is written by XStream but not read back, and what follows it in the file is lost with it. */
    @Test
    void nothingThatXStreamKeepsHoldsARecord() {
        DescribedPredicate<JavaClass> kept = describe(
                "kept in an XML file",
                type -> type.isAssignableTo("hudson.model.Action")
                        || type.isAssignableTo("hudson.model.Descriptor")
                        || type.isAssignableTo("hudson.model.JobProperty")
                        || type.isAssignableTo("hudson.triggers.Trigger"));
        noFields()
                .that()
                .areDeclaredInClassesThat(kept)
                .and()
                .areNotStatic()
                .and(describe(
                        "not transient",
                        (JavaField field) -> !field.getModifiers().contains(JavaModifier.TRANSIENT)))
                .should()
                .haveRawType(assignableTo(Record.class))
                .check(plugins);
    }

    /** Stapler serves every public doX: without an annotation a GET changes things and no crumb is asked for. */
    @Test
    void webMethodsNameTheirHttpMethod() {
        methods()
                .that()
                .haveNameMatching("do[A-Z].*")
                .and()
                .arePublic()
                .and()
                .areNotStatic()
                .and()
                // One address for every verb: it looks the call up by verb and path, and Jenkins asks for the crumb
                .areNotDeclaredIn("io.jenkins.plugins.mlops.registry.mlflow.MlflowApi")
                .should()
                .beAnnotatedWith(describe(
                        "@RequirePOST, @POST, @GET, @PUT or @DELETE",
                        annotation -> annotation.getRawType().getName().startsWith("org.kohsuke.stapler.verb.")
                                || annotation.getRawType().getSimpleName().equals("RequirePOST")))
                .orShould(beSynthetic())
                .check(plugins);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .resideInAnyPackage("..utils..", "..util..")
                .because("a name says what a thing is; DescriptorImpl is Jenkins' own custom")
                .check(core);
    }

    private static ArchCondition<JavaMethod> beSynthetic() {
        return ArchCondition.from(
                describe("synthetic", method -> method.getModifiers().contains(JavaModifier.SYNTHETIC)));
    }

    private static DescribedPredicate<JavaClass> outsideLibraries() {
        return describe("of the JDK or of the domain beside them", type -> {
            JavaClass base = type.getBaseComponentType();
            return base.isPrimitive()
                    || base.getPackageName().startsWith("java.")
                    || base.getPackageName().startsWith("javax.crypto")
                    || base.getPackageName().startsWith("javax.net")
                    || base.getPackageName().startsWith("javax.xml")
                    || base.getPackageName().startsWith("jdk.net")
                    || base.getPackageName().startsWith("edu.umd.cs.findbugs.annotations")
                    || base.getPackageName().startsWith("io.jenkins.mlops.data")
                    || base.getPackageName().startsWith("io.jenkins.mlops.evaluation")
                    || base.getPackageName().startsWith("io.jenkins.mlops.monitor")
                    || base.getPackageName().startsWith("io.jenkins.mlops.http")
                    || base.getPackageName().startsWith("io.jenkins.mlops.s3")
                    || base.getPackageName().equals("io.jenkins.mlops");
        });
    }
}
