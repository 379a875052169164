package hudson.console;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import org.kohsuke.stapler.framework.io.LargeText;

/** A build's log, which may still grow. */
public class AnnotatedLargeText<T> extends LargeText {
    private final File file;

    public AnnotatedLargeText(File file, Charset charset, boolean completed, T context) {
        super(file, charset, completed);
        this.file = file;
    }

    public long writeLogTo(long start, OutputStream out) throws IOException {
        if (!file.exists()) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file.toPath())) {
            in.skipNBytes(Math.min(start, file.length()));
            return start + in.transferTo(out);
        }
    }
}
