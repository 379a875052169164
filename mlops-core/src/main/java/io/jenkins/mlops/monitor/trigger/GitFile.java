package io.jenkins.mlops.monitor.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One small file of a Git repository, read by the {@code git} command without a clone: {@code ls-remote} tells whether
 * the branch has moved, and only then one commit and one file are fetched.
 *
 * @param url {@code https://}, {@code ssh://}, {@code git@host:path}, or {@code file://} for a repository of this machine
 * @param ref branch or tag
 * @param path the file in the repository
 */
public record GitFile(String url, String ref, String path) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MAX_BYTES = 4_000_000;
    private static final int MAX_LISTING = 1 << 20;
    private static final long TIMEOUT_SECONDS = 120;
    private static final Pattern URL = Pattern.compile(
            "(https?|ssh|file)://[^\\s\\p{C}]+|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:[^\\s\\p{C}-][^\\s\\p{C}]*");
    private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}");
    private static final Pattern PATH = Pattern.compile("[^\\p{C}:]{1,500}");

    /** @throws IllegalArgumentException for what git could take as an option, a helper program or a path outside */
    public GitFile {
        if (url == null || !URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "expected the address of a Git repository (https, ssh or git@host:path), found '" + url + "'");
        }
        if (ref == null || !REF.matcher(ref).matches() || ref.contains("..")) {
            throw new IllegalArgumentException("expected a branch or tag, found '" + ref + "'");
        }
        if (path == null || !PATH.matcher(path).matches() || path.startsWith("/") || path.startsWith("-")) {
            throw new IllegalArgumentException("expected the path of a file in the repository, found '" + path + "'");
        }
    }

    /**
     * What was found.
     *
     * @param commit the commit that the branch points at
     * @param content the file's content; null if the commit is the known one
     */
    public record Found(String commit, @CheckForNull byte[] content) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Found {
            if (commit == null || !commit.matches("[0-9a-f]{40,64}")) {
                throw new IllegalArgumentException("expected a commit, found '" + commit + "'");
            }
            if (content != null && content.length > MAX_BYTES) {
                throw new IllegalArgumentException("expected at most " + MAX_BYTES + " bytes, found " + content.length);
            }
        }
    }

    /**
     * Looks.
     *
     * @param known the commit of the last look; empty for the first
     * @param user user name for https; empty for none
     * @param password password or token; seen by git's own processes only
     * @throws DataException saying what git said, without the password
     */
    public Found look(String known, String user, String password) throws IOException, InterruptedException {
        Map<String, String> secret =
                user.isEmpty() ? Map.of() : Map.of("MLOPS_GIT_USER", user, "MLOPS_GIT_PASSWORD", password);
        Path folder = Files.createTempDirectory("mlops-git");
        try {
            String listing = new String(
                    run(
                            folder,
                            secret,
                            MAX_LISTING,
                            "ls-remote",
                            "--",
                            url,
                            "refs/heads/" + ref,
                            "refs/tags/" + ref,
                            "refs/tags/" + ref + "^{}"),
                    StandardCharsets.UTF_8);
            String commit = commit(listing);
            if (commit.equals(known)) {
                return new Found(commit, null);
            }
            run(folder, secret, MAX_LISTING, "init", "--quiet", "--bare", ".");
            run(folder, secret, MAX_LISTING, "fetch", "--quiet", "--depth=1", "--no-tags", "--", url, ref);
            return new Found(commit, run(folder, secret, MAX_BYTES, "cat-file", "blob", "FETCH_HEAD:" + path));
        } finally {
            delete(folder);
        }
    }

    /** A peeled tag stands after the tag and is what it points at. */
    private String commit(String listing) throws DataException {
        String commit = null;
        for (String line : listing.lines().toList()) {
            String[] parts = line.split("\t");
            boolean branch = parts.length == 2 && parts[1].equals("refs/heads/" + ref);
            if (parts.length == 2 && (branch || commit == null || parts[1].endsWith("^{}"))) {
                commit = parts[0];
            }
            if (branch) {
                break;
            }
        }
        if (commit == null) {
            throw new DataException("the repository " + shownUrl() + " has no branch and no tag '" + ref + "'");
        }
        return commit;
    }

    private byte[] run(Path folder, Map<String, String> secret, int most, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null"));
        if (!secret.isEmpty()) {
            // The helper reads the environment, so that nothing secret stands on a command line or in a file.
            command.addAll(
                    List.of(
                            "-c",
                            "credential.helper=",
                            "-c",
                            "credential.helper=!f() { echo \"username=$MLOPS_GIT_USER\"; echo \"password=$MLOPS_GIT_PASSWORD\"; }; f"));
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Path errors = folder.resolve("mlops-errors.txt");
        builder.redirectError(errors.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_ASKPASS", "");
        builder.environment().put("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
        builder.environment().putAll(secret);
        Process process;
        try {
            process = builder.start();
        } catch (IOException x) {
            throw new DataException("the command git could not be started; install Git on the agent", x);
        }
        try {
            process.getOutputStream().close();
            Thread watchdog = watchdog(process);
            byte[] output;
            try (InputStream in = process.getInputStream()) {
                output = read(in, most);
            } finally {
                watchdog.interrupt();
            }
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new DataException("git " + arguments[0] + " of " + shownUrl() + " failed: " + said(errors));
            }
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Thread watchdog(Process process) {
        Thread thread = new Thread(() -> {
            try {
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException x) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.setName("mlops git watchdog");
        thread.start();
        return thread;
    }

    private static byte[] read(InputStream in, int most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        for (int n; (n = in.read(buffer)) >= 0; ) {
            if (out.size() + n > most) {
                throw new DataException("git wrote more than " + most + " bytes; is that a file of DVC?");
            }
            out.write(buffer, 0, n);
        }
        return out.toByteArray();
    }

    private static String said(Path errors) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(errors)) {
            bytes = in.readNBytes(1_000);
        }
        String text = new String(bytes, StandardCharsets.UTF_8).trim().replaceAll("//[^/@\\s]+@", "//");
        return text.isEmpty() ? "it did not end in " + TIMEOUT_SECONDS + " s, or said nothing" : text;
    }

    /** The address without a user and password in it. */
    public String shownUrl() {
        return url.replaceAll("//[^/@]+@", "//");
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
