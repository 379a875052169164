package io.jenkins.plugins.mlops.steps;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** Writes {@code ****} where the body of {@code trainModel} logs its run's token. */
final class RunTokenFilter extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Secret token;

    RunTokenFilter(Secret token) {
        this.token = token;
    }

    @Override
    @SuppressWarnings("rawtypes") // as inherited
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masked(logger, token.getPlainText().getBytes(StandardCharsets.US_ASCII));
    }

    /** Holds back what may be the secret's beginning until it is known to be or not to be; Knuth, Morris and Pratt. */
    private static final class Masked extends FilterOutputStream {
        private static final byte[] MASK = "****".getBytes(StandardCharsets.US_ASCII);

        private final byte[] secret;
        private final int[] borders;
        private int held;

        Masked(OutputStream out, byte[] secret) {
            super(out);
            this.secret = secret;
            borders = new int[secret.length];
            for (int i = 1, k = 0; i < secret.length; i++) {
                while (k > 0 && secret[i] != secret[k]) {
                    k = borders[k - 1];
                }
                if (secret[i] == secret[k]) {
                    k++;
                }
                borders[i] = k;
            }
        }

        @Override
        public synchronized void write(int b) throws IOException {
            while (held > 0 && (byte) b != secret[held]) {
                int kept = borders[held - 1];
                out.write(secret, 0, held - kept);
                held = kept;
            }
            if ((byte) b != secret[held]) {
                out.write(b);
                return;
            }
            held++;
            if (held == secret.length) {
                held = 0;
                out.write(MASK);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            out.write(secret, 0, held);
            held = 0;
            super.close();
        }
    }
}
