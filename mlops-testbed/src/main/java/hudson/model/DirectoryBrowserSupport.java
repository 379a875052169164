package hudson.model;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import jenkins.util.VirtualFile;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Serves files and lists folders. */
public final class DirectoryBrowserSupport implements HttpResponse {
    private final VirtualFile base;
    private final String title;

    public DirectoryBrowserSupport(
            ModelObject owner, VirtualFile base, String title, String icon, boolean serveDirIndex) {
        this.base = base;
        this.title = title;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        VirtualFile file = base;
        for (String name : req.getRestOfPath().split("/")) {
            if (name.equals("..")) {
                rsp.sendError(StaplerResponse2.SC_NOT_FOUND);
                return;
            }
            file = name.isEmpty() ? file : file.child(name);
        }
        // What a build kept may be hostile: it gets no scripts and no origin.
        rsp.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'self';");
        if (file.isDirectory()) {
            list(file, rsp);
        } else if (file.isFile()) {
            String type = URLConnection.guessContentTypeFromName(file.getName());
            rsp.setContentType(type == null ? "application/octet-stream" : type);
            rsp.setContentLengthLong(file.length());
            try (InputStream in = file.open()) {
                in.transferTo(rsp.getOutputStream());
            }
        } else {
            rsp.sendError(StaplerResponse2.SC_NOT_FOUND);
        }
    }

    private void list(@NonNull VirtualFile folder, StaplerResponse2 rsp) throws IOException {
        rsp.setContentType("text/html;charset=UTF-8");
        StringBuilder b = new StringBuilder("<!DOCTYPE html><title>" + Util.escape(title) + "</title><ul>");
        for (VirtualFile f : folder.list()) {
            String slash = f.isDirectory() ? "/" : "";
            b.append("<li><a href=\"")
                    .append(Util.rawEncode(f.getName()))
                    .append(slash)
                    .append("\">");
            b.append(Util.escape(f.getName())).append(slash).append("</a></li>");
        }
        rsp.getWriter().print(b.append("</ul>"));
    }
}
