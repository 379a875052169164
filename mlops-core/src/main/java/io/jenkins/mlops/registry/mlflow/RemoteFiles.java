package io.jenkins.mlops.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.mlflow.RemoteException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Files in MLflow's artifact proxy: paths there are {@code EXPERIMENT/RUN/artifacts/...}. */
final class RemoteFiles {
    private static final String SCHEME = "mlflow-artifacts:";
    private static final int DEEPEST = 40;

    private final MlflowHttp http;

    RemoteFiles(MlflowHttp http) {
        this.http = http;
    }

    /**
     * A file of a folder.
     *
     * @param path below the folder, parts separated by {@code /}
     * @param bytes its size
     */
    record Found(String path, long bytes) {}

    /** The path that an artifact URI leads to; null where the server doesn't hand it out itself. */
    @CheckForNull
    static String path(String artifactUri) {
        if (!artifactUri.startsWith(SCHEME)) {
            return null;
        }
        String path = artifactUri
                .substring(SCHEME.length())
                .replaceFirst("^//[^/]*", "")
                .replaceFirst("^/+", "");
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('%') >= 0) {
                return null;
            }
        }
        return path;
    }

    private static String address(String path) {
        return MlflowClient.ARTIFACTS + "/"
                + List.of(path.split("/")).stream().map(ServerAddress::escaped).collect(Collectors.joining("/"));
    }

    /** With a length, so that servers that know no chunks take it, and one that gets less finds out. */
    void upload(String path, InputStream content, long bytes) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher body = bytes == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofInputStream(() -> content), bytes);
        http.upload(address(path), body, bytes);
    }

    long download(String path, OutputStream sink, long most) throws IOException, InterruptedException {
        return http.download(address(path), sink, most);
    }

    /**
     * All files below a folder.
     *
     * @param most more than so many are refused
     */
    List<Found> list(String folder, int most) throws IOException, InterruptedException {
        List<Found> files = new ArrayList<>();
        list(folder, "", DEEPEST, most, files);
        return files;
    }

    private void list(String folder, String below, int depth, int most, List<Found> files)
            throws IOException, InterruptedException {
        JsonNode answer =
                http.get(MlflowClient.ARTIFACTS, Map.of("path", below.isEmpty() ? folder : folder + "/" + below));
        for (JsonNode file : answer.path("files")) {
            String name = name(file);
            String path = below.isEmpty() ? name : below + "/" + name;
            if (file.path("is_dir").asBoolean()) {
                if (depth == 0) {
                    throw new RemoteException(Kind.REFUSED, "The folder '" + folder + "' is too deep at " + path);
                }
                list(folder, path, depth - 1, most, files);
            } else {
                if (files.size() == most) {
                    throw new RemoteException(
                            Kind.REFUSED, "The folder '" + folder + "' has more than " + most + " files");
                }
                files.add(new Found(path, Math.max(0, file.path("file_size").asLong())));
            }
        }
    }

    /** A name without a folder, whatever the server says. */
    private static String name(JsonNode file) throws RemoteException {
        String path = WireText.text(file, "path");
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\\') >= 0) {
            throw new RemoteException(Kind.REFUSED, "The server lists a file that can't be named: '" + path + "'");
        }
        return name;
    }
}
