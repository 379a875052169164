package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.CodeRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what a run runs in, on the machine where it runs, with the JDK and the tools that are there.
 *
 * <p>What isn't there is left out; what failed is noted. Nothing here fails the run.
 *
 * @param command the command that is tracked; empty when unknown
 * @param packages whether to ask {@code pip freeze}, which takes about a second
 * @param timeoutMillis the longest that any one tool may take
 */
public record EnvironmentCapture(String command, boolean packages, long timeoutMillis) implements Serializable {
    private static final List<String> LOCK_FILES = List.of(
            "requirements.txt",
            "requirements.lock",
            "poetry.lock",
            "Pipfile.lock",
            "uv.lock",
            "pdm.lock",
            "environment.yml",
            "conda-lock.yml",
            "pyproject.toml",
            "renv.lock",
            "Manifest.toml",
            "Cargo.lock",
            "package-lock.json",
            "pom.xml",
            "build.gradle.lockfile",
            "dvc.lock");
    private static final long MAX_LOCK_FILE = 50_000_000;
    private static final Pattern IMAGE_VARIABLE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:-]*(@sha256:[0-9a-f]{64})?");
    private static final Pattern CONTAINER_ID = Pattern.compile("([0-9a-f]{64})");

    public EnvironmentCapture {
        command = command == null ? "" : command;
        if (timeoutMillis < 100 || timeoutMillis > 600_000) {
            throw new IllegalArgumentException(
                    "The time limit of a tool must lie between 100 and 600,000 ms, found " + timeoutMillis);
        }
    }

    /** As a step takes it: packages included, ten seconds a tool. */
    public static EnvironmentCapture of(String command) {
        return new EnvironmentCapture(command, true, 10_000);
    }

    /**
     * Looks around.
     *
     * @param workspace the folder that the run works in
     * @param variables the environment variables of the run
     * @throws InterruptedException when the run is aborted meanwhile
     */
    public Environment capture(Path workspace, Map<String, String> variables) throws InterruptedException {
        List<String> notes = new ArrayList<>();
        Commands commands = new Commands(workspace, variables, timeoutMillis);
        String python = python(commands);
        Map<String, String> installed = new TreeMap<>();
        String pythonVersion = null;
        if (python != null) {
            pythonVersion = commands.run(List.of(python, "--version"))
                    .output()
                    .map(text -> cut(
                            text.replaceFirst("^Python ", "")
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                            250))
                    .orElse(null);
            if (packages) {
                pip(commands, python, installed, notes);
            }
        }
        return new Environment(
                code(commands, notes),
                cut(command, 20_000),
                cut(System.getProperty("os.name") + " " + System.getProperty("os.version"), 250),
                cut(System.getProperty("os.arch"), 250),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                gpus(commands),
                cut(System.getProperty("java.version"), 250),
                pythonVersion,
                installed,
                lockFiles(workspace, notes),
                container(variables),
                notes);
    }

    @CheckForNull
    private CodeRef code(Commands commands, List<String> notes) throws InterruptedException {
        Commands.Outcome head = commands.run(List.of("git", "rev-parse", "HEAD"));
        if (head.output().isEmpty()) {
            if (head.exit() == -1) {
                notes.add("git is not on this machine, so the commit is unknown");
            } else if (head.text().contains("dubious ownership")) {
                notes.add("git refuses the work tree because another user owns it (safe.directory), so the commit is "
                        + "unknown");
            } else if (head.exit() == -2) {
                notes.add("git " + head.text() + ", so the commit is unknown");
            }
            return null;
        }
        String commit = head.output().get();
        if (!commit.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            notes.add("git said '" + cut(commit, 80) + "' instead of a commit");
            return null;
        }
        // The work tree's own settings must not make git run a program of the repository's choosing.
        Commands.Outcome status = commands.run(List.of(
                "git",
                "-c",
                "core.fsmonitor=false",
                "status",
                "--porcelain",
                "--untracked-files=no",
                "--ignore-submodules=none"));
        if (status.exit() != 0) {
            notes.add("git status failed (" + cut(status.text().strip(), 200)
                    + "), so the work tree is taken for changed");
        }
        Optional<String> branch = commands.run(List.of("git", "symbolic-ref", "--short", "-q", "HEAD"))
                .output();
        Optional<String> remote = commands.run(List.of("git", "config", "--get", "remote.origin.url"))
                .output();
        Optional<String> author =
                commands.run(List.of("git", "log", "-1", "--format=%ae")).output();
        return new CodeRef(
                remote.map(url -> cut(withoutSecrets(url), 2_000)).orElse(null),
                branch.map(name -> cut(name, 2_000)).orElse(null),
                commit,
                status.exit() != 0 || !status.text().isBlank(),
                author.map(name -> cut(oneLine(name), 2_000)).orElse(null));
    }

    /**
     * A remote's URL without user, password, token and query: {@code https://user:token@host/repo?x=y} becomes
     * {@code https://host/repo}. An scp-like {@code git@host:repo} stays, its user is no secret.
     */
    public static String withoutSecrets(String url) {
        String line = oneLine(url);
        int scheme = line.indexOf("://");
        if (scheme < 0) {
            return line.replaceFirst("^[^/@]*:[^@]*@", "");
        }
        int start = scheme + 3;
        int path = line.indexOf('/', start);
        // Everything up to the last @ is user information, even where a password holds one or a slash after it.
        int at = line.lastIndexOf('@', path < 0 ? line.length() : path);
        if (at < start
                && path >= 0
                && line.indexOf('@', path) >= 0
                && line.substring(start, path).contains(":")
                && !line.substring(start, path).matches("[^:]*:\\d+")) {
            at = line.lastIndexOf('@');
        }
        String rest = at >= start ? line.substring(at + 1) : line.substring(start);
        return line.substring(0, start) + rest.replaceFirst("[?#].*$", "");
    }

    @CheckForNull
    private static String python(Commands commands) throws InterruptedException {
        for (String name : List.of("python3", "python")) {
            if (commands.run(List.of(name, "--version")).exit() == 0) {
                return name;
            }
        }
        return null;
    }

    private static void pip(Commands commands, String python, Map<String, String> installed, List<String> notes)
            throws InterruptedException {
        Commands.Outcome freeze = commands.run(
                List.of(python, "-m", "pip", "--disable-pip-version-check", "--no-input", "freeze", "--all"));
        if (freeze.exit() != 0) {
            notes.add("pip freeze failed, so the Python packages are unknown: "
                    + cut(freeze.text().strip().lines().reduce((a, b) -> b).orElse(""), 200));
            return;
        }
        for (String line : (Iterable<String>) freeze.text().lines()::iterator) {
            String[] parts = line.strip().split("==| @ ", 2);
            boolean plain = parts.length == 2 && parts[0].matches("[A-Za-z0-9._-]{1,200}");
            if (plain && installed.size() < 2_000) {
                installed.put(parts[0], cut(oneLine(withoutSecrets(parts[1])), 500));
            }
        }
    }

    private static List<String> gpus(Commands commands) throws InterruptedException {
        return commands.run(List.of("nvidia-smi", "--query-gpu=name", "--format=csv,noheader"))
                .output()
                .map(text -> text.lines()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .limit(1_000)
                        .map(name -> cut(oneLine(name), 200))
                        .toList())
                .orElse(List.of());
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.max(0, system.getTotalMemorySize())
                : 0;
    }

    private static Map<String, String> lockFiles(Path workspace, List<String> notes) {
        Map<String, String> hashes = new TreeMap<>();
        for (String name : LOCK_FILES) {
            Path file = workspace.resolve(name);
            try {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_LOCK_FILE) {
                    hashes.put(name, sha256(file));
                }
            } catch (IOException e) {
                notes.add(name + " could not be read: " + cut(String.valueOf(e.getMessage()), 200));
            }
        }
        return hashes;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65_536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The image by the variables that images and clusters set, else the container's id from its control group. */
    @CheckForNull
    private static String container(Map<String, String> variables) {
        for (String name : List.of("MLOPS_CONTAINER_IMAGE", "CONTAINER_IMAGE", "IMAGE_DIGEST")) {
            String image = variables.get(name);
            if (image != null
                    && image.length() <= 500
                    && IMAGE_VARIABLE.matcher(image).matches()) {
                return image;
            }
        }
        for (String name : List.of("/proc/self/cgroup", "/proc/self/mountinfo")) {
            try {
                Path file = Path.of(name);
                if (Files.isReadable(file)) {
                    String text = Files.readString(file, StandardCharsets.UTF_8);
                    Matcher id = CONTAINER_ID.matcher(text);
                    if ((text.contains("docker")
                                    || text.contains("kubepods")
                                    || text.contains("containerd")
                                    || text.contains("libpod"))
                            && id.find()) {
                        return "container:" + id.group(1);
                    }
                }
            } catch (IOException e) {
                // Not every kernel lets a process read this of itself; then there is nothing to say.
                return null;
            }
        }
        return null;
    }

    private static String oneLine(String text) {
        return text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?").strip();
    }

    private static String cut(@CheckForNull String text, int max) {
        String there = text == null || text.isBlank() ? "unknown" : text;
        if (text != null && text.isEmpty()) {
            there = text;
        }
        return there.length() <= max ? there : there.substring(0, max);
    }
}
