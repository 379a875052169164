package io.jenkins.mlops.governance;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Writes GitHub-flavoured Markdown in which every text given is text, whatever it holds. */
final class MarkdownText {
    private final StringBuilder text = new StringBuilder();
    private boolean list;

    private void begin(boolean item) {
        if (text.length() > 0 && !(list && item)) {
            text.append('\n');
        }
        list = item;
    }

    void title(String title) {
        begin(false);
        text.append("# ").append(plain(title)).append('\n');
    }

    void heading(String heading) {
        begin(false);
        text.append("## ").append(plain(heading)).append('\n');
    }

    /** Paragraphs of free text, with its line breaks; nothing for an empty one. */
    void paragraph(String free) {
        for (String line : free.strip().split("\\R\\s*\\R")) {
            if (!line.isBlank()) {
                begin(false);
                text.append(line.strip()
                                .lines()
                                .map(MarkdownText::line)
                                .reduce((a, b) -> a + "\\\n" + b)
                                .orElse(""))
                        .append('\n');
            }
        }
    }

    /** A name and a value; nothing where there is no value. */
    void item(String name, @CheckForNull String value) {
        if (value != null && !value.isBlank()) {
            begin(true);
            text.append("- **")
                    .append(plain(name))
                    .append("**: ")
                    .append(plain(value))
                    .append('\n');
        }
    }

    void bullet(String value) {
        begin(true);
        text.append("- ").append(plain(value)).append('\n');
    }

    /** Something that is shown as it is written; nothing where there is none. */
    void block(String name, @CheckForNull String value) {
        if (value != null && !value.isBlank()) {
            begin(false);
            text.append("**").append(plain(name)).append("**\n\n");
            value.strip()
                    .lines()
                    .forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    void table(String... names) {
        begin(false);
        row(names);
        text.append("|").append(" --- |".repeat(names.length)).append('\n');
    }

    void row(String... values) {
        text.append('|');
        for (String value : values) {
            text.append(' ').append(plain(value)).append(" |");
        }
        text.append('\n');
    }

    /** The same at the beginning of a line, where more is markup. */
    private static String line(String value) {
        return plain(value).replaceFirst("^([#>+=-]|\\d+(?=[.)]))", "\\\\$1").replaceFirst("^\\\\(\\d+)", "$1\\\\");
    }

    /** A text on one line with everything escaped that Markdown or HTML could take for markup. */
    private static String plain(String value) {
        return value.replaceAll("\\s+", " ")
                .strip()
                .replaceAll("[\\\\`*_\\[\\]|~]", "\\\\$0")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
