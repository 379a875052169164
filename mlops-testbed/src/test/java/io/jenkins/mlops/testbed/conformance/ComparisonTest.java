package io.jenkins.mlops.testbed.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison finds, on classes made for it. */
class ComparisonTest {
    private static ClassPool pool() throws Exception {
        return ClassPool.of(List.of(Path.of(ComparisonTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI())));
    }

    public abstract static class Real {
        public static void same() {}

        protected int other(String s) {
            return 0;
        }

        public void thrower() throws java.io.IOException {}

        public final void closed() {}

        public abstract void needed();
    }

    public abstract static class Doubled implements Runnable {
        public static void same() {}

        protected long other(String s) {
            return 0;
        }

        public void thrower() {}

        public void closed() {}

        void notSeen() {}

        public void added() {}
    }

    @Test
    void differencesAreNamed() throws Exception {
        ClassPool pool = pool();
        String real = "io/jenkins/mlops/testbed/conformance/ComparisonTest$Real";
        ClassShape doubled = pool.get("io/jenkins/mlops/testbed/conformance/ComparisonTest$Doubled");
        ClassShape renamed =
                new ClassShape(real, doubled.access(), doubled.superName(), doubled.interfaces(), doubled.members());
        Comparison c = new Comparison(ClassPool.of(List.of()), pool);
        c.check(renamed);
        String name = real.replace('/', '.') + ": ";
        assertThat(c.problems())
                .contains(
                        name + "extends java/lang/Runnable",
                        name + "has no added()V",
                        name + "has no other(Ljava/lang/String;)J",
                        name + "closed()V is public but really public final ",
                        name + "thrower()V throws [] but really [java/io/IOException]")
                .noneMatch(p -> p.contains("same()") || p.contains("notSeen"));
    }

    @Test
    void aClassThatIsNotThereIsAProblem() throws Exception {
        Comparison c = new Comparison(pool(), ClassPool.of(List.of()));
        c.check(pool().get("io/jenkins/mlops/testbed/conformance/ComparisonTest$Real"));
        assertThat(c.problems())
                .containsExactly("io.jenkins.mlops.testbed.conformance.ComparisonTest$Real: there is no such class");
    }
}
