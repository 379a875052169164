package io.jenkins.mlops.testbed.harness;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.UnprotectedRootAction;
import java.util.concurrent.Callable;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;

/** Runs what {@link TestHost#executeOnServer} was given. */
@Extension
public final class TaskAction extends InvisibleAction implements UnprotectedRootAction {
    @Override
    public String getUrlName() {
        return "testbedTask";
    }

    /** Runs a task, once. */
    public HttpResponse doRun(@QueryParameter(required = true) String id) throws Exception {
        Callable<?> task = TestHost.task(id);
        if (task == null) {
            return HttpResponses.notFound();
        }
        task.call();
        return HttpResponses.text("done");
    }
}
