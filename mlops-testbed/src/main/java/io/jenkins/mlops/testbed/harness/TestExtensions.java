package io.jenkins.mlops.testbed.harness;

import io.jenkins.mlops.testbed.host.Extensions;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the {@code @TestExtension}s of the running test take part, and no others. */
public final class TestExtensions {
    private TestExtensions() {}

    /** Chooses by the test's class and method. */
    public static void of(ExtensionContext context) {
        String type = context.getTestClass().map(Class::getName).orElse("");
        String method = context.getTestMethod().map(m -> m.getName()).orElse("");
        Extensions.testExtensions(item -> {
            String[] only = item.annotation().value();
            boolean mine = item.className().equals(type) || item.className().startsWith(type + "$");
            return mine && (only.length == 0 || Arrays.asList(only).contains(method));
        });
    }
}
