package io.jenkins.mlops.monitor.window;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The labelled rows of a window, in a file. */
final class LabelledWindow {
    private final Path file;

    @CheckForNull
    private Writer out;

    long predictions;
    long labelled;

    LabelledWindow(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void write(List<String> header, List<String> cells) {
        try {
            if (out == null) {
                out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                write(out, header);
            }
            write(out, cells);
            labelled++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a record of RFC 4180. */
    private static void write(Writer out, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            String cell = cells.get(i);
            boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
            out.write(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.write('\n');
    }

    void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the rows, and of how they are evaluated. */
    String digest(String options) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(options.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
