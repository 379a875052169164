package org.kohsuke.stapler.json;

import jakarta.servlet.ServletException;
import java.io.IOException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** An answer in JSON. */
public class JsonHttpResponse extends HttpResponses.HttpResponseException {
    private static final long serialVersionUID = 1L;
    private final transient JSONObject responseJson;
    private final int status;

    public JsonHttpResponse(JSONObject o) {
        this(o, StaplerResponse2.SC_OK);
    }

    public JsonHttpResponse(JSONObject o, int status) {
        this.responseJson = o;
        this.status = status;
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.setStatus(status);
        rsp.setContentType("application/json;charset=UTF-8");
        rsp.getWriter().print(responseJson);
    }
}
