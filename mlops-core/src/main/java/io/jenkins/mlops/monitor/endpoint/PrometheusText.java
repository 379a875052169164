package io.jenkins.mlops.monitor.endpoint;

import io.jenkins.mlops.monitor.Expect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Prometheus' text format (version 0.0.4), and OpenMetrics as far as it is the same: samples with their labels; time
 * stamps, comments and exemplars are passed over. A line that is no sample is counted and passed over, as one bad exporter
 * must not hide the others.
 */
public final class PrometheusText {
    /** The most characters of a scrape. */
    public static final int MOST = 32 << 20;

    private static final int LINE = 64 << 10;
    private static final int LABELS = 100;

    private final String line;
    private int at;

    private PrometheusText(String line) {
        this.line = line;
    }

    /**
     * Reads a scrape.
     *
     * @throws IllegalArgumentException when it is longer than {@value #MOST} characters
     */
    public static Scrape parse(String text, long millis) {
        Expect.that(text.length() <= MOST, "a scrape of at most " + MOST + " characters", text.length());
        List<Scrape.Sample> samples = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int broken = 0;
        int number = 0;
        boolean full = false;
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            String line = text.substring(from, end).strip();
            from = end + 1;
            number++;
            if (line.isEmpty() || line.charAt(0) == '#') {
                continue;
            }
            if (samples.size() == Scrape.SAMPLES) {
                full = true;
                break;
            }
            try {
                Expect.that(line.length() <= LINE, "a line of at most " + LINE + " characters", line.length());
                samples.add(new PrometheusText(line).sample());
            } catch (IllegalArgumentException e) {
                broken++;
                if (notes.size() < 20) {
                    notes.add("Line " + number + ": " + e.getMessage());
                }
            }
        }
        if (full) {
            notes.add("The scrape has more than " + Scrape.SAMPLES + " samples; the rest was passed over.");
        }
        return new Scrape(millis, samples, broken, notes);
    }

    private Scrape.Sample sample() {
        String name = name();
        blanks();
        Map<String, String> labels = new LinkedHashMap<>();
        if (at < line.length() && line.charAt(at) == '{') {
            at++;
            labels(labels);
        }
        blanks();
        int from = at;
        while (at < line.length() && line.charAt(at) > ' ') {
            at++;
        }
        double value = value(line.substring(from, at));
        blanks();
        if (at < line.length() && line.charAt(at) != '#') {
            timestamp(line.substring(at));
        }
        return new Scrape.Sample(name, labels, value);
    }

    private void labels(Map<String, String> labels) {
        while (true) {
            blanks();
            if (at < line.length() && line.charAt(at) == '}') {
                at++;
                return;
            }
            String label = name();
            Expect.that(label.indexOf(':') < 0, "a label's name without ':'", label);
            blanks();
            expect('=');
            blanks();
            expect('"');
            String before = labels.put(label, quoted());
            Expect.that(before == null, "each label once", label);
            Expect.that(labels.size() <= LABELS, "at most " + LABELS + " labels", labels.size());
            blanks();
            if (at < line.length() && line.charAt(at) == ',') {
                at++;
            } else {
                Expect.that(at < line.length() && line.charAt(at) == '}', "',' or '}' after a label", rest());
            }
        }
    }

    private String name() {
        int from = at;
        while (at < line.length() && isName(line.charAt(at), at > from)) {
            at++;
        }
        Expect.that(at > from, "a name", rest());
        return line.substring(from, at);
    }

    private static boolean isName(char c, boolean inside) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || inside && c >= '0' && c <= '9';
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\') {
                Expect.that(at < line.length(), "a character after '\\'", "the line's end");
                char escaped = line.charAt(at++);
                Expect.that(escaped == '\\' || escaped == '"' || escaped == 'n', "\\\\, \\\" or \\n", "\\" + escaped);
                c = escaped == 'n' ? '\n' : escaped;
            }
            text.append(c);
        }
        expect('"');
        return text.toString();
    }

    private void expect(char c) {
        Expect.that(at < line.length() && line.charAt(at) == c, "'" + c + "'", rest());
        at++;
    }

    private void blanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private String rest() {
        return at < line.length() ? line.substring(at) : "the line's end";
    }

    private static double value(String text) {
        switch (text) {
            case "+Inf", "Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            case "NaN":
                return Double.NaN;
            default:
                // Java's own parser takes suffixes and words that the format doesn't have
                Expect.that(
                        text.length() <= 64 && text.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0),
                        "a number",
                        text);
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("Expected a number, found " + text + ".", e);
                }
        }
    }

    private static void timestamp(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        value(text.substring(0, end));
        String rest = text.substring(end).strip();
        Expect.that(rest.isEmpty() || rest.charAt(0) == '#', "nothing after the time stamp", rest);
    }
}
