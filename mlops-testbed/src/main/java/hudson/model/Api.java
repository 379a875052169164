package hudson.model;

import io.jenkins.mlops.testbed.web.ApiWriter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** The REST face of a bean: its {@code Exported} properties as JSON or XML. */
public class Api {
    public final Object bean;

    public Api(Object bean) {
        this.bean = bean;
    }

    public void doJson(StaplerRequest2 req, StaplerResponse2 rsp) throws IOException, ServletException {
        ApiWriter.json(bean, req, rsp);
    }

    public void doXml(
            StaplerRequest2 req,
            StaplerResponse2 rsp,
            @QueryParameter String xpath,
            @QueryParameter String wrapper,
            @QueryParameter String tree,
            @QueryParameter int depth)
            throws IOException, ServletException {
        ApiWriter.xml(bean, req, rsp);
    }
}
