package io.jenkins.plugins.mlops.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.WorkspacePath;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * A small text file as an agent read it.
 *
 * @param path its path in the workspace, as the author wrote it
 * @param text its content, null if there is no such file
 * @param modifiedMillis when it was last written, in milliseconds since 1970
 */
record SmallTextFile(String path, @CheckForNull String text, long modifiedMillis) implements Serializable {
    /** The largest file that is read: 4 MiB. Parameters and metrics are not data. */
    static final int MAX_BYTES = 4 << 20;

    /** The content, as the parsers of the core take it. */
    byte[] bytes() {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    SmallTextFile {
        if (text != null && text.length() > MAX_BYTES) {
            throw new IllegalArgumentException("expected at most " + MAX_BYTES + " characters of " + path);
        }
    }

    /**
     * Reads a file that an option names, so that it must be there.
     *
     * @param path path in the workspace
     * @param what what is expected there, such as {@code a JSON file}
     * @param option the option that named it
     * @throws AbortException if there is none
     */
    static SmallTextFile required(FilePath workspace, String path, String what, String option)
            throws IOException, InterruptedException {
        SmallTextFile file = workspace.act(new Read(path));
        if (file.text() == null) {
            throw new AbortException("Expected " + what + " at '" + path + "' in the workspace (option " + option
                    + "), found none. Let an earlier step write it, or correct the option.");
        }
        return file;
    }

    /**
     * Reads a file on its agent.
     *
     * @param path path in the workspace
     */
    record Read(String path) implements ControllerToAgentFileCallable<SmallTextFile> {
        @Override
        public SmallTextFile invoke(File workspace, VirtualChannel channel) throws IOException {
            Path file = WorkspacePath.resolve(workspace.toPath(), path).path();
            if (!Files.exists(file)) {
                return new SmallTextFile(path, null, 0);
            }
            if (!Files.isRegularFile(file)) {
                throw new DataException("Expected a file at '" + path + "', found a folder or something else.");
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new DataException("Expected a small text file at '" + path + "' (at most " + MAX_BYTES
                        + " bytes), found " + size + " bytes. Is it the right file?");
            }
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
                return new SmallTextFile(
                        path, text, Files.getLastModifiedTime(file).toMillis());
            } catch (CharacterCodingException x) {
                throw new DataException(
                        "Expected UTF-8 text in '" + path + "', found other bytes. Save it as UTF-8.", x);
            }
        }
    }
}
