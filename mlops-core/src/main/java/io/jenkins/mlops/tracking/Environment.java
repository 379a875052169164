package io.jenkins.mlops.tracking;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.CodeRef;
import io.jenkins.mlops.registry.Limits;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a run ran in, as far as it could be found out.
 *
 * @param code the commit of the work tree; null outside one or without git
 * @param command the command that was run; empty when unknown
 * @param os name and version of the operating system
 * @param architecture e.g. {@code amd64}
 * @param processors number of processors that the process may use
 * @param memoryBytes physical memory in bytes; 0 when unknown
 * @param gpus names of the GPUs, one entry each
 * @param javaVersion version of the agent's Java
 * @param pythonVersion version of the {@code python3} or {@code python} on the path; null for none
 * @param packages versions by package name, e.g. of {@code pip freeze}
 * @param lockFiles SHA-256 by relative path of the lock files found, e.g. {@code requirements.txt}
 * @param container digest or name of the container image; null outside one or when unknown
 * @param notes what could not be found out and why
 */
public record Environment(
        @CheckForNull CodeRef code,
        String command,
        String os,
        String architecture,
        int processors,
        long memoryBytes,
        List<String> gpus,
        String javaVersion,
        @CheckForNull String pythonVersion,
        Map<String, String> packages,
        Map<String, String> lockFiles,
        @CheckForNull String container,
        List<String> notes)
        implements Serializable {
    public Environment {
        command = command == null ? "" : Limits.text("A run's command", command, Limits.TEXT);
        os = Limits.line("The operating system", os, Limits.KEY);
        architecture = Limits.line("The architecture", architecture, Limits.KEY);
        processors = (int) Limits.range("The number of processors", processors, 0, 1_000_000);
        memoryBytes = Limits.range("The memory", memoryBytes, 0, Long.MAX_VALUE);
        gpus = Limits.list("The GPUs", gpus, 1_000);
        gpus.forEach(gpu -> Limits.line("A GPU's name", gpu, Limits.LINE));
        javaVersion = Limits.line("The Java version", javaVersion, Limits.KEY);
        pythonVersion = Limits.optionalLine("The Python version", pythonVersion, Limits.KEY);
        packages = Limits.tags("The packages", packages);
        lockFiles = Limits.tags("The lock files", lockFiles);
        container = Limits.optionalLine("The container", container, Limits.LINE);
        notes = Limits.list("The notes", notes, 200);
        notes.forEach(note -> Limits.text("A note", note, Limits.TEXT));
    }
}
