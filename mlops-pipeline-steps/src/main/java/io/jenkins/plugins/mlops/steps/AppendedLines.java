package io.jenkins.plugins.mlops.steps;

import hudson.remoting.VirtualChannel;
import io.jenkins.mlops.data.DataException;
import io.jenkins.mlops.data.WorkspacePath;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * Reads the whole lines that were appended to a file since it was read last.
 *
 * @param path path in the workspace
 * @param from byte to read from; a file that has become shorter is read from its beginning
 */
record AppendedLines(String path, long from) implements ControllerToAgentFileCallable<AppendedLines.Part> {
    private static final int MOST = 256 << 10;

    /**
     * What was read.
     *
     * @param text whole lines, at most 256 KiB
     * @param end byte behind the last whole line
     * @param more whether more whole lines may follow right now
     */
    record Part(String text, long end, boolean more) implements Serializable {
        Part {
            if (text.length() > MOST || end < 0) {
                throw new IllegalArgumentException("expected at most " + MOST + " characters of a metrics log");
            }
        }
    }

    @Override
    public Part invoke(File workspace, VirtualChannel channel) throws IOException {
        Path file = WorkspacePath.resolve(workspace.toPath(), path).path();
        if (!Files.isRegularFile(file)) {
            return new Part("", from, false);
        }
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            long begin = bytes.size() < from ? 0 : from;
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST, bytes.size() - begin));
            bytes.position(begin);
            while (buffer.hasRemaining() && bytes.read(buffer) >= 0) {
                // a file that is truncated meanwhile ends the loop early
            }
            int lineEnd = buffer.position();
            while (lineEnd > 0 && buffer.get(lineEnd - 1) != '\n') {
                lineEnd--;
            }
            if (lineEnd == 0 && buffer.position() == MOST) {
                throw new DataException("Expected lines of at most " + MOST + " bytes in '" + path + "', found a longer"
                        + " one at byte " + begin + ". A metrics log has one small JSON object a line.");
            }
            String text = new String(buffer.array(), 0, lineEnd, StandardCharsets.UTF_8);
            return new Part(text, begin + lineEnd, buffer.position() == MOST);
        }
    }
}
