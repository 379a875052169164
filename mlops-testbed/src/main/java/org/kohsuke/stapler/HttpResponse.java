package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.io.IOException;

/** An answer that a web method returns. */
public interface HttpResponse {
    default void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        throw new AbstractMethodError(getClass() + " must override generateResponse");
    }
}
