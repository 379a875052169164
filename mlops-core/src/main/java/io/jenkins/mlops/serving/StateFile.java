package io.jenkins.mlops.serving;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A small file with one flat JSON object of texts, replaced atomically and written through to the disk. */
final class StateFile {
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private StateFile() {}

    /**
     * Reads the file.
     *
     * @return its entries; empty if there is no such file
     * @throws ServingException if it isn't a flat JSON object
     */
    static Optional<Map<String, String>> read(Path file) throws IOException {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ServingException("expected a state file of at most " + MAX_BYTES + " bytes, found "
                        + Files.size(file) + " in " + file);
            }
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Parser(text).object());
        } catch (IllegalArgumentException e) {
            throw new ServingException(
                    "expected a flat JSON object of texts in " + file + ": " + e.getMessage()
                            + "; restore the file, or delete it if nothing is served from here",
                    e);
        }
    }

    /**
     * Replaces the file, or leaves it as it was. Its owner alone may read it.
     *
     * @throws ServingException if it can't be written, e.g. because the disk is full
     */
    static void write(Path file, Map<String, String> entries) throws ServingException {
        try {
            Path folder = Objects.requireNonNull(file.getParent(), "a state file lies in a folder");
            createDirectories(folder);
            Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
            try {
                replace(file, temporary, text(entries));
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new ServingException(
                    "the state file " + file + " couldn't be written (" + e.getMessage()
                            + "), and is as it was: check space and rights there, then deploy again",
                    e);
        }
    }

    private static void replace(Path file, Path temporary, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Creates the folder for its owner only, where the file system knows owners. */
    static void createDirectories(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    static String text(Map<String, String> entries) {
        StringBuilder json = new StringBuilder("{");
        String separator = "\n  ";
        for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
            json.append(separator);
            quote(json, entry.getKey());
            json.append(": ");
            quote(json, entry.getValue());
            separator = ",\n  ";
        }
        return json.append("\n}\n").toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** Reads just what {@link #write} writes: an object whose values are texts. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Map<String, String> object() {
            Map<String, String> entries = new TreeMap<>();
            expect('{');
            if (peek() == '}') {
                at++;
            } else {
                char next;
                do {
                    String key = string();
                    expect(':');
                    entries.put(key, string());
                    next = peek();
                    at++;
                } while (next == ',');
                if (next != '}') {
                    throw error("',' or '}'");
                }
            }
            if (peek() != 0) {
                throw error("the end");
            }
            return entries;
        }

        private String string() {
            expect('"');
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    return value.toString();
                }
                value.append(c == '\\' ? escaped() : c);
            }
            throw error("'\"'");
        }

        private char escaped() {
            char c = at < text.length() ? text.charAt(at++) : 0;
            return switch (c) {
                case '"', '\\', '/' -> c;
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw error("four hexadecimal digits");
                    }
                    at += 4;
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                }
                default -> throw error("an escape sequence");
            };
        }

        private void expect(char wanted) {
            if (peek() != wanted) {
                throw error("'" + wanted + "'");
            }
            at++;
        }

        private char peek() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private IllegalArgumentException error(String expected) {
            return new IllegalArgumentException(
                    "expected " + expected + " at character " + Math.min(at, text.length()));
        }
    }
}
