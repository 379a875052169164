package io.jenkins.mlops.serving;

import io.jenkins.mlops.data.WriteFailure;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * The files that a served process needs, kept apart from the workspace.
 *
 * <p>The next build writes over the workspace: a server that runs from a jar there would break, and a rollback would
 * start the wrong program. So the program and the model are copied into the release's own folder, and the process runs
 * there.
 */
public final class ReleaseFiles {
    private ReleaseFiles() {}

    /**
     * What was copied.
     *
     * @param directory absolute folder with the files: the {@code workspace} of the {@link ProcessSpec}
     * @param files number of files
     * @param bytes their size in bytes
     */
    public record Copied(String directory, long files, long bytes) implements Serializable {
        public Copied {
            Checks.text("the directory of a release", directory, Checks.TEXT);
            Checks.range("the number of files", files, 0, Long.MAX_VALUE);
            Checks.range("the number of bytes", bytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * Copies files and folders of a workspace, under the same relative paths. Doing it again replaces them.
     *
     * @param workspace absolute folder that may not be left, by links neither
     * @param files relative paths of files and folders; links inside a folder are refused
     * @param stateDirectory as in {@link ProcessSpec}
     * @param endpoint as in {@link ProcessSpec}
     * @param release as in {@link ProcessSpec}
     * @throws ServingException if one is missing or lies outside
     */
    public static Copied copy(
            String workspace, List<String> files, String stateDirectory, String endpoint, String release)
            throws IOException {
        Path root = Path.of(workspace);
        Path goal = ProcessEndpoint.filesOf(stateDirectory, endpoint, release);
        StateFile.createDirectories(goal);
        long[] sum = new long[2];
        for (String file : Checks.texts("the files of a release", files, 1_000, 4_096)) {
            Path source = Confinement.existing(root, file, "the file of a release");
            Path relative = Path.of(file).normalize();
            if (relative.startsWith("..")) {
                throw new ServingException("the file of a release " + Checks.quote(file) + " leaves the workspace");
            }
            try {
                copyTree(source, goal.resolve(relative), sum);
            } catch (ServingException e) {
                throw e;
            } catch (IOException e) {
                throw new ServingException(
                        WriteFailure.explain("the file of a release " + Checks.quote(file), goal.toString(), e), e);
            }
        }
        return new Copied(goal.toString(), sum[0], sum[1]);
    }

    private static void copyTree(Path source, Path goal, long[] sum) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(goal.resolve(source.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new ServingException(
                            "expected regular files and folders only, found a link or a special file: " + file
                                    + "; replace it by what it points at");
                }
                Path copy = file.equals(source)
                        ? goal
                        : goal.resolve(source.relativize(file).toString());
                Path parent = copy.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                // A file that a running process has mapped must not change under it: replace, don't overwrite.
                Files.deleteIfExists(copy);
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                sum[0]++;
                sum[1] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Removes a folder and all in it; links are removed, not followed. */
    static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
