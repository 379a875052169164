package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.tracking.ArtifactPath;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.mlops.tracking.mlflow.ErrorCode;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import io.jenkins.mlops.tracking.mlflow.ProxiedArtifacts;
import io.jenkins.mlops.tracking.mlflow.ProxiedArtifacts.Found;
import io.jenkins.mlops.tracking.mlflow.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The artifact proxy over HTTP: bytes in and out, of any size, through a small buffer. */
final class ArtifactRequests {
    private static final Logger LOGGER = Logger.getLogger(ArtifactRequests.class.getName());
    private static final String ROOT = "/mlops/api/2.0/mlflow-artifacts/artifacts";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final int BUFFER = 64 * 1024;

    private ArtifactRequests() {}

    static void serve(ProxiedArtifacts artifacts, Access access, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        ArtifactPath path = path(request);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                if (path.isRoot()) {
                    String folder = request.getParameter("path");
                    MlflowApi.send(response, artifacts.list(ArtifactPath.of(folder == null ? "" : folder), access));
                } else {
                    send(artifacts.get(path, access), request, response);
                }
            }
            case "PUT" -> {
                receive(artifacts, path, access, request);
                MlflowApi.send(response, Reply.empty());
            }
            case "DELETE" -> MlflowApi.send(response, artifacts.delete(path, access));
            default -> MlflowApi.notOffered(request, response);
        }
    }

    /** The path as it was sent, so that an encoded slash is seen for what it is. */
    private static ArtifactPath path(StaplerRequest2 request) {
        String sent = request.getRequestURI().substring(request.getContextPath().length());
        if (!sent.startsWith(ROOT)) {
            throw new IllegalArgumentException("Invalid path: it is written in another way than it is understood");
        }
        String below = sent.substring(ROOT.length());
        if (!below.isEmpty() && below.charAt(0) != '/') {
            throw new IllegalArgumentException("Invalid path: expected a slash after 'artifacts'");
        }
        return ArtifactPath.ofUrl(below.isEmpty() ? "" : below.substring(1));
    }

    private static void receive(ProxiedArtifacts artifacts, ArtifactPath path, Access access, StaplerRequest2 request)
            throws IOException {
        try (InputStream in = request.getInputStream()) {
            artifacts.put(path, in, request.getContentLengthLong(), access);
        } catch (IOException x) {
            LOGGER.log(Level.INFO, x, () -> "The upload of " + path + " was not kept");
            throw new MlflowException(
                    ErrorCode.INTERNAL_ERROR, "The upload of '" + path + "' could not be kept, nothing of it was");
        }
    }

    static void send(Found found, StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        long size = found.file().bytes();
        long from = 0;
        long to = size - 1;
        String header = request.getHeader("Range");
        Matcher range = header == null ? null : RANGE.matcher(header.trim());
        if (range != null && range.matches() && !(range.group(1) + range.group(2)).isEmpty()) {
            boolean suffix = range.group(1).isEmpty();
            from = suffix ? Math.max(0, size - Long.parseLong(range.group(2))) : Long.parseLong(range.group(1));
            to = suffix || range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
            if (from > to) {
                response.setStatus(416);
                response.setHeader("Content-Range", "bytes */" + size);
                return;
            }
            response.setStatus(206);
            response.setHeader("Content-Range", "bytes " + from + "-" + to + "/" + size);
        }
        describe(found, response);
        response.setContentLengthLong(to - from + 1);
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        try (InputStream in = open(found, from)) {
            copy(in, response.getOutputStream(), to - from + 1);
        }
    }

    @CheckForNull
    private static InputStream open(Found found, long from) throws IOException {
        try {
            return found.opener().open(from);
        } catch (IOException x) {
            LOGGER.log(Level.WARNING, x, () -> "The artifact " + found.file().path() + " can't be read");
            throw new MlflowException(
                    ErrorCode.RESOURCE_DOES_NOT_EXIST,
                    "The file '" + found.file().path() + "' can't be read any more");
        }
    }

    /** What people upload is never shown by a browser as a page of Jenkins. */
    private static void describe(Found found, StaplerResponse2 response) {
        response.setContentType("application/octet-stream");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("ETag", '"' + found.file().sha256() + '"');
    }

    private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new IOException("A file became shorter while it was sent");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
        out.flush();
    }
}
