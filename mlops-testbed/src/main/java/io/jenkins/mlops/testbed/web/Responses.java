package io.jenkins.mlops.testbed.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses.HttpResponseException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Makes answers. */
public final class Responses {
    private Responses() {}

    /** An answer's body. */
    public interface Body {
        void write(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException, ServletException;
    }

    /** An answer that can also be thrown. */
    public static HttpResponseException of(Body body) {
        return new HttpResponseException() {
            private static final long serialVersionUID = 1L;

            @Override
            public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
                    throws IOException, ServletException {
                body.write(req, rsp, node);
            }
        };
    }

    /** A text of a content type. */
    public static HttpResponse text(String contentType, String text) {
        return of((req, rsp, node) -> {
            rsp.setContentType(contentType);
            if (text != null) {
                rsp.getWriter().print(text);
            }
        });
    }
}
