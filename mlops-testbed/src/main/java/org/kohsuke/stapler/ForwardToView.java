package org.kohsuke.stapler;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** An answer that is a view of an object. */
public class ForwardToView extends RuntimeException implements HttpResponse {
    private static final long serialVersionUID = 1L;
    private final transient Object it;
    private final String view;
    private final transient Map<String, Object> attributes = new HashMap<>();

    public ForwardToView(Object it, String view) {
        this.it = it;
        this.view = view;
    }

    public ForwardToView with(String varName, Object value) {
        attributes.put(varName, value);
        return this;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        attributes.forEach(req::setAttribute);
        RequestDispatcher d = req.getView(it, view);
        if (d == null) {
            throw new IOException("Failed to find a view " + view + " of " + it);
        }
        d.forward(req, rsp);
    }
}
