package io.jenkins.plugins.mlops.registry.mlflow;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.ModelRegistry;
import io.jenkins.mlops.registry.RegistryException;
import io.jenkins.mlops.tracking.TrackingStore;
import io.jenkins.mlops.tracking.mlflow.Access;
import io.jenkins.mlops.tracking.mlflow.ErrorCode;
import io.jenkins.mlops.tracking.mlflow.Fields;
import io.jenkins.mlops.tracking.mlflow.MlflowException;
import io.jenkins.mlops.tracking.mlflow.MlflowServer;
import io.jenkins.mlops.tracking.mlflow.Reply;
import io.jenkins.plugins.mlops.registry.ArchivedModel;
import io.jenkins.plugins.mlops.registry.RegistryConnection;
import io.jenkins.plugins.mlops.registry.RunArtifacts;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** MLflow's REST API, bound to {@code <jenkins>/mlops/api/2.0/}. */
@Restricted(NoExternalUse.class) // bound to the URL
public final class MlflowApi {
    private static final Logger LOGGER = Logger.getLogger(MlflowApi.class.getName());
    private static final String CALLS = "/mlflow/";
    /** What clients before 2.0 call the registry by. */
    private static final String PREVIEW = "/preview";

    private static final String ARTIFACTS = "/mlflow-artifacts/artifacts";
    private static final String MULTIPART = "/mlflow-artifacts/mpu/";
    private static final int SMALL_BODY = 64 * 1024;
    private static final String PRESIGNED = "/mlflow-artifacts/presigned/";

    /**
     * Answers a request of any verb: GET reads its fields from the query, the others from a JSON body.
     *
     * <p>Requests with a Jenkins user are protected by Jenkins itself (an API token, or a crumb on POST); the others
     * need a token of a run, see {@link BearerDoor}.
     */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        try {
            Access access = access(request);
            String path = request.getRestOfPath();
            if (path.startsWith(PREVIEW + CALLS)) {
                path = path.substring(PREVIEW.length());
            }
            if (path.startsWith(CALLS)) {
                call(server(), path.substring(CALLS.length()), access, request, response);
            } else if (path.startsWith(ARTIFACTS)) {
                ArtifactRequests.serve(server().artifacts(), access, request, response);
            } else if (path.startsWith(MULTIPART) && request.getMethod().equals("POST")) {
                // In these words clients know that they have to send the file in one piece, through the proxy.
                throw new MlflowException(
                        ErrorCode.NOT_IMPLEMENTED,
                        "Multipart upload is not supported for the current artifact repository");
            } else if (path.startsWith(PRESIGNED) && request.getMethod().equals("GET")) {
                throw new MlflowException(
                        ErrorCode.NOT_IMPLEMENTED,
                        "Multipart download is not supported for the current artifact repository");
            } else {
                notOffered(request, response);
            }
        } catch (MlflowException x) {
            refuse(request, response, x);
        } catch (RegistryException | IllegalArgumentException x) {
            refuse(request, response, MlflowException.of(x));
        }
    }

    /** A server, with the stores that it answers from. */
    private record Served(TrackingStore tracking, ModelRegistry registry, MlflowServer server) {}

    @CheckForNull
    private static volatile Served served;

    /** The server of the present stores: made anew when the registry's connection was. */
    static MlflowServer server() {
        TrackingStore tracking = RegistryConnection.get().tracking();
        ModelRegistry registry = RegistryConnection.get().registry();
        Served known = served;
        if (known == null || known.tracking() != tracking || known.registry() != registry) {
            MlflowServer made = new MlflowServer(
                    tracking,
                    registry,
                    RunArtifacts.store(),
                    (version, file) ->
                            ArchivedModel.open(version).child(file.path()).open(),
                    Clock.systemUTC());
            known = new Served(tracking, registry, made);
            served = known;
        }
        return known.server();
    }

    private static void call(
            MlflowServer server, String path, Access access, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        String verb = request.getMethod();
        if (!server.offers(verb, path)) {
            notOffered(request, response);
            return;
        }
        Fields fields = verb.equals("GET") ? Fields.of(query(request)) : Fields.of(body(server, path, request));
        Reply reply;
        try {
            reply = server.answer(verb, path, fields, access);
        } catch (MlflowException x) {
            if (x.code() == ErrorCode.INTERNAL_ERROR) {
                LOGGER.log(Level.WARNING, x.getCause(), () -> "MLflow call failed: " + verb + " " + path);
            }
            throw x;
        }
        send(response, reply);
    }

    private static Map<String, String[]> query(StaplerRequest2 request) {
        return request.getParameterMap();
    }

    private static String body(MlflowServer server, String path, StaplerRequest2 request) throws IOException {
        int most = server.maxBytes(path);
        if (request.getContentLengthLong() > most) {
            throw server.tooLong(path, request.getContentLengthLong());
        }
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw server.tooLong(path, bytes.length);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Who asks: the run of a token, or else the present user. */
    static Access access(StaplerRequest2 request) {
        String token = BearerDoor.token(request);
        if (token != null) {
            return RunTokens.access(token);
        }
        Jenkins.get().checkPermission(Jenkins.READ);
        return new UserAccess();
    }

    static void send(StaplerResponse2 response, Reply reply) throws IOException {
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), 16_384);
        reply.writeTo(out);
        out.flush();
    }

    /**
     * Reads a small body that nobody asked for. A server closes the connection of a client that it answers before its
     * body was read, and the client's next call on that connection fails.
     */
    private static void readRest(StaplerRequest2 request) throws IOException {
        long length = request.getContentLengthLong();
        if (length <= 0 || length > SMALL_BODY) {
            return;
        }
        try {
            request.getInputStream().skipNBytes(length);
        } catch (EOFException x) {
            LOGGER.log(Level.FINEST, x, () -> "The body was read before, or broke off");
        }
    }

    private static void refuse(StaplerRequest2 request, StaplerResponse2 response, MlflowException refusal)
            throws IOException {
        readRest(request);
        response.setStatus(refusal.code().status());
        if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"Jenkins\"");
        }
        send(response, refusal.reply());
    }

    /** As MLflow's own server answers what it does not know; clients find out by it what is offered. */
    static void notOffered(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        readRest(request);
        response.setStatus(404);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream()
                .write(("<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"
                                + "<p>The requested URL is not offered by this server.</p>\n")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
