package io.jenkins.mlops.testbed.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares the doubled classes with real ones: {@code Conformance FOLDER_OF_JARS}.
 *
 * <p>Reports each public or protected member of a double that the real class lacks or has with other modifiers,
 * erasure or exceptions, each supertype that the real class doesn't have, and each abstract member that an
 * implementation would miss. Exits with 1 if there is any, with 2 on wrong usage.
 */
public final class Conformance {
    private Conformance() {}

    /** The command. */
    public static void main(String[] args) throws Exception {
        if (args.length != 1 || !Files.isDirectory(Path.of(args[0]))) {
            System.err.println(
                    "Usage: Conformance FOLDER_OF_JARS (a folder with jenkins-core, stapler and plugin jars)");
            System.exit(2);
            return;
        }
        Report report = compare(Path.of(args[0]));
        report.problems().forEach(System.out::println);
        if (!report.notCompared().isEmpty()) {
            System.out.println("Not compared, for want of a jar: " + String.join(", ", report.notCompared()));
        }
        System.out.printf(
                "%d classes, %d members compared, %d differences%n",
                report.classes(), report.members(), report.problems().size());
        System.exit(report.problems().isEmpty() ? 0 : 1);
    }

    /**
     * The outcome of a comparison.
     *
     * @param problems one line for each difference, sorted
     * @param notCompared packages of which no jar holds any class
     * @param classes how many classes were compared
     * @param members how many members were compared
     */
    public record Report(List<String> problems, List<String> notCompared, int classes, int members) {}

    /** Compares this testbed with the jars in a folder. */
    public static Report compare(Path folder) throws IOException {
        Path own;
        try {
            own = Path.of(Conformance.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
        ClassPool doubles = ClassPool.of(List.of(own));
        ClassPool real = ClassPool.ofFolder(folder);
        Comparison comparison = new Comparison(doubles, real);
        TreeSet<String> missingPackages = new TreeSet<>();
        int classes = 0;
        for (String name : doubles.names()) {
            ClassShape mine = doubles.get(name);
            if (name.startsWith("io/jenkins/mlops/") || !mine.accessible() || name.endsWith("package-info")) {
                continue;
            }
            String pack = name.substring(0, name.lastIndexOf('/'));
            if (!real.hasPackage(pack)) {
                missingPackages.add(pack.replace('/', '.'));
            } else {
                comparison.check(mine);
                classes++;
            }
        }
        return new Report(
                List.copyOf(comparison.problems()), List.copyOf(missingPackages), classes, comparison.members());
    }
}
