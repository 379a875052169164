package org.kohsuke.stapler.framework.io;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A text file that a browser reads piece by piece. */
public class LargeText {
    private final File file;
    private final Charset charset;
    private final boolean completed;

    public LargeText(File file, Charset charset, boolean completed) {
        this.file = file;
        this.charset = charset;
        this.completed = completed;
    }

    public boolean isComplete() {
        return completed;
    }

    public long length() {
        return file.length();
    }

    public Reader readAll() throws IOException {
        return new InputStreamReader(Files.newInputStream(file.toPath()), charset);
    }

    public void doProgressText(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException {
        rsp.setContentType("text/plain;charset=UTF-8");
        String s = req.getParameter("start");
        long start = s == null ? 0 : Math.max(0, Long.parseLong(s));
        long size = file.length();
        start = Math.min(start, size);
        rsp.setHeader("X-Text-Size", String.valueOf(size));
        if (!completed) {
            rsp.setHeader("X-More-Data", "true");
        }
        if (file.exists()) {
            try (InputStream in = Files.newInputStream(file.toPath())) {
                in.skipNBytes(start);
                rsp.getOutputStream().write(in.readNBytes((int) Math.min(Integer.MAX_VALUE, size - start)));
            }
        }
    }
}
