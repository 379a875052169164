package io.jenkins.mlops.testbed.pipeline;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.impl.CpsClosure;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.InvokerHelper;

/** A closure in a script. Some methods that Groovy gives every object mean steps here. */
public class PipelineClosure extends CpsClosure {
    private static final long serialVersionUID = 1L;

    public PipelineClosure(Object owner, Object self, List<String> parameters, Block body, Env capture) {
        super(owner, self, parameters, body, capture);
    }

    private Object ofOwner(String method, Object... arguments) {
        return InvokerHelper.invokeMethod(getOwner(), method, arguments);
    }

    public final Object sleep(long time) {
        return ofOwner("sleep", time);
    }

    public final Object sleep(Map<String, Object> arguments) {
        return ofOwner("sleep", arguments);
    }

    public final Object println() {
        return ofOwner("println");
    }

    public final Object println(Object value) {
        return ofOwner("println", value);
    }

    public final Object print(Object value) {
        return ofOwner("print", value);
    }
}
