package io.jenkins.plugins.mlops.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.WorkspacePath;
import io.jenkins.mlops.registry.VersionFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import jenkins.agents.ControllerToAgentFileCallable;

/** The agent's part of {@code fetchModel}: what is there, where a file arrives, and whether it is the right one. */
final class FetchedFiles {
    private static final int BUFFER = 256 << 10;
    private static final int MOST_OTHERS = 100_000;

    private FetchedFiles() {}

    /**
     * What a folder has of a version.
     *
     * @param wanted positions of the files that are not there, or are others
     * @param others how many files there are beside the version's, counted up to 100,000
     */
    record Survey(List<Integer> wanted, int others) implements Serializable {
        Survey {
            wanted = Collections.unmodifiableList(new ArrayList<>(wanted));
        }
    }

    /** Looks what the folder has; nothing is changed. */
    record Look(String dir, List<VersionFile> files) implements ControllerToAgentFileCallable<Survey> {
        Look {
            files = new ArrayList<>(files);
        }

        @Override
        public Survey invoke(File workspace, VirtualChannel channel) throws IOException {
            Path folder = WorkspacePath.resolve(workspace.toPath(), dir).path();
            List<Integer> wanted = new ArrayList<>();
            Set<Path> own = new HashSet<>();
            for (int i = 0; i < files.size(); i++) {
                Path file = goal(workspace, dir, files.get(i));
                own.add(file);
                if (!files.get(i).sha256().equals(sha256(file))) {
                    wanted.add(i);
                }
            }
            return new Survey(wanted, others(folder, own));
        }

        private static int others(Path folder, Set<Path> own) throws IOException {
            if (!Files.isDirectory(folder)) {
                return 0;
            }
            int[] others = new int[1];
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!own.contains(file)) {
                        others[0]++;
                    }
                    return others[0] < MOST_OTHERS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }
            });
            return others[0];
        }
    }

    /** Makes the folder that a file arrives in. Returns where it arrives, relative to the workspace. */
    record Prepare(String dir, VersionFile file) implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            Path goal = goal(workspace, dir, file);
            Path folder = goal.getParent();
            if (folder == null) {
                throw new IOException("expected a folder above " + goal + ", found none");
            }
            Files.createDirectories(folder);
            Path arriving = Files.createTempFile(folder, ".mlops-fetch-", ".part");
            return workspace
                    .toPath()
                    .toRealPath()
                    .relativize(arriving)
                    .toString()
                    .replace(File.separatorChar, '/');
        }
    }

    /**
     * Checks a file that has arrived and gives it its name; another than the one expected is removed. Returns the
     * SHA-256 that was found.
     */
    record Place(String dir, VersionFile file, String arriving) implements ControllerToAgentFileCallable<String> {
        @Override
        public String invoke(File workspace, VirtualChannel channel) throws IOException {
            Path goal = goal(workspace, dir, file);
            Path arrived = WorkspacePath.resolve(workspace.toPath(), arriving).path();
            String found = sha256(arrived);
            if (found.equals(file.sha256())) {
                Files.move(arrived, goal, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(arrived);
            }
            return found;
        }
    }

    /** Where a file of the version belongs; refused where a link leads out of the workspace. */
    private static Path goal(File workspace, String dir, VersionFile file) throws IOException {
        return WorkspacePath.resolve(workspace.toPath(), dir + "/" + file.path())
                .path();
    }

    /** SHA-256 of a plain file in hexadecimal; empty if there is none, or a link. */
    private static String sha256(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException x) {
            throw new IllegalStateException("every Java platform has SHA-256", x);
        }
    }
}
