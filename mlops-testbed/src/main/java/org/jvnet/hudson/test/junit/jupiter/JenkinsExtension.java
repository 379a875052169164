package org.jvnet.hudson.test.junit.jupiter;

import io.jenkins.mlops.testbed.harness.TestExtensions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;

/** Starts a controller for each test that asks for one, and stops it after. */
public class JenkinsExtension implements ParameterResolver, AfterEachCallback {
    private static final String KEY = "jenkins-instance";
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(JenkinsExtension.class);

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        JenkinsRule rule = context.getStore(NAMESPACE).remove(KEY, JenkinsRule.class);
        if (rule != null) {
            rule.after();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext)
            throws ParameterResolutionException {
        return parameterContext.getParameter().getType() == JenkinsRule.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext)
            throws ParameterResolutionException {
        ExtensionContext.Store store = extensionContext.getStore(NAMESPACE);
        JenkinsRule known = store.get(KEY, JenkinsRule.class);
        if (known != null) {
            return known;
        }
        JenkinsRule rule = new JenkinsRule();
        try {
            TestExtensions.of(extensionContext);
            rule.before();
        } catch (Throwable t) {
            throw new ParameterResolutionException(String.valueOf(t.getMessage()), t);
        }
        store.put(KEY, rule);
        return rule;
    }
}
