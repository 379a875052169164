package io.jenkins.plugins.mlops.registry.rest;

import io.jenkins.mlops.json.Json;
import io.jenkins.mlops.registry.RegistryException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** JSON answers of the registry's web methods; what the registry refuses becomes a status and one sentence. */
final class Answers {
    private Answers() {}

    /**
     * Answers with what the work returns, as JSON.
     *
     * <p>404 for what is not there, 409 for what has moved on, 403 for what a rule forbids, 400 for bad values, 503 for
     * a database that cannot be used.
     */
    static HttpResponse json(Callable<?> work) {
        return of(() -> json(HttpServletResponse.SC_OK, work.call()));
    }

    /** As {@link #json}, where the work makes the answer itself. */
    static HttpResponse of(Callable<HttpResponse> work) {
        try {
            return work.call();
        } catch (RegistryException.NotFound x) {
            return error(HttpServletResponse.SC_NOT_FOUND, x);
        } catch (RegistryException.Conflict x) {
            return error(HttpServletResponse.SC_CONFLICT, x);
        } catch (RegistryException.Forbidden x) {
            return error(HttpServletResponse.SC_FORBIDDEN, x);
        } catch (RegistryException.Unavailable x) {
            return error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, x);
        } catch (IllegalArgumentException x) {
            return error(HttpServletResponse.SC_BAD_REQUEST, x);
        } catch (RuntimeException x) {
            throw x;
        } catch (Exception x) {
            throw new IllegalStateException(x);
        }
    }

    /** Writes lines as they come. */
    @FunctionalInterface
    interface Lines {
        void writeTo(Writer out) throws IOException;
    }

    /** Writes bytes as they come. */
    @FunctionalInterface
    interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }

    /** As {@link #file}, for who writes text. */
    static HttpResponse lines(String file, Lines lines) {
        return file(file, stream -> {
            Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            lines.writeTo(out);
            out.flush();
        });
    }

    /** A file of JSON Lines, sent while it is written; who reads it finds at its end whether it is whole. */
    static HttpResponse file(String file, Bytes content) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setContentType("application/jsonl;charset=UTF-8");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
                try (OutputStream out = response.getOutputStream()) {
                    content.writeTo(out);
                }
            }
        };
    }

    /** A JSON file that stands beside this class. */
    static HttpResponse resource(String name) {
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                try (InputStream in = Answers.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new IOException("The file " + name + " is missing from the plugin; install it again");
                    }
                    response.setContentType("application/json;charset=UTF-8");
                    response.setHeader("X-Content-Type-Options", "nosniff");
                    in.transferTo(response.getOutputStream());
                }
            }
        };
    }

    private static HttpResponse error(int status, Exception reason) {
        return json(status, Map.of("error", String.valueOf(reason.getMessage())));
    }

    private static HttpResponse json(int status, Object value) {
        byte[] body = Json.write(value).getBytes(StandardCharsets.UTF_8);
        return new HttpResponse() {
            @Override
            public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                    throws IOException {
                response.setStatus(status);
                response.setContentType("application/json;charset=UTF-8");
                response.setHeader("X-Content-Type-Options", "nosniff");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
            }
        };
    }
}
