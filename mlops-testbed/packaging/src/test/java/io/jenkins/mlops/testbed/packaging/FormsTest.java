package io.jenkins.mlops.testbed.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A form that lacks an option drops, when it is saved, what a Jenkinsfile or configuration as code had set. */
class FormsTest {
    private static final Pattern FIELD = Pattern.compile("\\bfield=\"([A-Za-z0-9]+)\"");

    /**
     * Maps and lists of steps. Their forms are those of the snippet generator, which keeps nothing that could be dropped,
     * and Stapler binds no map from a form.
     */
    private static final Map<String, Set<String>> FOR_JENKINSFILES = Map.of(
            "io.jenkins.plugins.mlops.steps.RegisterModelStep", Set.of("tags"),
            "io.jenkins.plugins.mlops.steps.EvaluateModelStep",
                    Set.of("metrics", "measurements", "k", "only", "quantiles", "scores", "slices"),
            "io.jenkins.plugins.mlops.steps.TrainModelStep", Set.of("datasets", "params", "tags"),
            "io.jenkins.plugins.mlops.steps.DeployEndpointStep", Set.of("expect"),
            "io.jenkins.plugins.mlops.steps.PromoteModelStep", Set.of("approvers"),
            "io.jenkins.plugins.mlops.steps.RequestPromotionStep", Set.of("approvers"),
            "io.jenkins.plugins.mlops.steps.serving.ProcessServingTarget", Set.of("command", "files", "env"));

    @Test
    void everyOptionIsOnTheForm() throws Exception {
        Map<String, Set<String>> without = new TreeMap<>();
        for (Class<?> type : described()) {
            Set<String> missing = new TreeSet<>(options(type));
            missing.removeAll(fields(type));
            missing.removeAll(FOR_JENKINSFILES.getOrDefault(type.getName(), Set.of()));
            if (!missing.isEmpty()) {
                without.put(type.getName(), missing);
            }
        }

        assertThat(without).isEmpty();
    }

    @Test
    void everyOptionIsExplained() throws Exception {
        Map<String, Set<String>> without = new TreeMap<>();
        for (Class<?> type : described()) {
            Set<String> missing = new TreeSet<>(options(type));
            missing.removeIf(option -> explained(type, option));
            if (!missing.isEmpty()) {
                without.put(type.getName(), missing);
            }
        }

        assertThat(without).isEmpty();
    }

    @Test
    void whatIsForJenkinsfilesOnlyIsAMapOrAList() throws Exception {
        for (Map.Entry<String, Set<String>> each : FOR_JENKINSFILES.entrySet()) {
            for (String option : each.getValue()) {
                String getter = "get" + option.substring(0, 1).toUpperCase(Locale.ROOT) + option.substring(1);
                assertThat(Class.forName(each.getKey()).getMethod(getter).getReturnType())
                        .as(each.getKey() + "." + option)
                        .isIn(Map.class, List.class);
            }
        }
    }

    /** Everything that Jenkins makes from a form. */
    private static Set<Class<?>> described() throws IOException, ClassNotFoundException {
        Map<String, Class<?>> found = new HashMap<>();
        for (PluginModule module : PluginModule.values()) {
            for (String annotation : new String[] {"DataBoundConstructor", "DataBoundSetter"}) {
                Path sources = module.folder().resolve("src/main/java");
                for (String name : SourceAnnotations.classesWith(annotation, sources)) {
                    Class<?> type = Class.forName(name, false, FormsTest.class.getClassLoader());
                    if (!Modifier.isAbstract(type.getModifiers())) {
                        found.put(name, type);
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(30);
        return Set.copyOf(found.values());
    }

    private static Set<String> options(Class<?> type) {
        Set<String> options = new TreeSet<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                Arrays.stream(constructor.getParameters())
                        .map(Parameter::getName)
                        .forEach(options::add);
            }
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class) && !method.isBridge()) {
                options.add(method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                        + method.getName().substring(4));
            }
        }
        return options;
    }

    private static Set<String> fields(Class<?> type) throws IOException {
        Set<String> fields = new TreeSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            Path form = resource(each, "config.jelly");
            if (form != null) {
                Matcher field = FIELD.matcher(Files.readString(form));
                while (field.find()) {
                    fields.add(field.group(1));
                }
                break;
            }
        }
        return fields;
    }

    private static boolean explained(Class<?> type, String option) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .anyMatch(each -> resource(each, "help-" + option + ".html") != null);
    }

    private static Path resource(Class<?> type, String file) {
        for (PluginModule module : PluginModule.values()) {
            Path found = module.folder()
                    .resolve("src/main/resources")
                    .resolve(type.getName().replace('.', '/').replace('$', '/'))
                    .resolve(file);
            if (Files.exists(found)) {
                return found;
            }
        }
        return null;
    }
}
