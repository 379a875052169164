package io.jenkins.mlops.testbed.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Functions;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Makes secrets unreadable, plain and in Base64, in the log and in errors. */
final class Mask extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> SHIFTS = List.of("", "a", "aa");

    private final ArrayList<String> forms = new ArrayList<>();

    Mask(Collection<String> secrets) {
        for (String secret : secrets) {
            if (!secret.isEmpty()) {
                forms.add(secret);
                addBase64(secret);
            }
        }
        forms.sort(Comparator.comparingInt(String::length).reversed());
    }

    /** A secret amid other text has one of three forms; its last characters depend on what follows. */
    private void addBase64(String secret) {
        for (String shift : SHIFTS) {
            byte[] bytes = (shift + secret).getBytes(StandardCharsets.UTF_8);
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String whole = encoder.encodeToString(bytes).substring(2 * shift.length());
                int padding = whole.endsWith("==") ? 2 : whole.endsWith("=") ? 1 : 0;
                forms.add(whole);
                if (padding > 0) {
                    forms.add(whole.substring(0, whole.length() - padding - 1));
                }
            }
        }
    }

    private String mask(String text) {
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(form, "****");
        }
        return masked;
    }

    /** The error itself, or one without secrets in its place. */
    Throwable mask(Throwable t) {
        String text = Functions.printThrowable(t);
        if (mask(text).equals(text)) {
            return t;
        }
        Throwable cause = t.getCause();
        return new Masked(t.getMessage() == null ? "" : mask(t.getMessage()), cause == null ? null : mask(cause), t);
    }

    /** An error without the secrets that it told. */
    private static final class Masked extends Exception {
        private static final long serialVersionUID = 1L;

        Masked(String message, @CheckForNull Throwable cause, Throwable original) {
            super(message, cause);
            setStackTrace(original.getStackTrace());
        }

        @Override
        public String toString() {
            return "org.jenkinsci.plugins.credentialsbinding.impl.MaskedException: " + getMessage();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new MaskedStream(logger);
    }

    /** Writes whole lines. */
    private final class MaskedStream extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        MaskedStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            line.write(b);
            if (b == '\n') {
                byte[] masked = mask(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
                line.reset();
                out.write(masked);
                out.flush();
            }
        }
    }
}
